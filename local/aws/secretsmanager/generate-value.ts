import { randomInt } from 'node:crypto';
import { TwinError } from '../../twin-error.ts';
import { type Fields, isFields, optionalNumber, optionalText } from '../fields.ts';

const kinds: Readonly<Record<string, string>> = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

const isOn = (value: unknown): boolean => value === true || value === 'true';

/** A random string of the wanted length, with a character of each kind that is not excluded.
 *  Source: CloudFormation, AWS::SecretsManager::Secret GenerateSecretString */
export const generateValue = (wanted: Fields): string => {
  const excluded = optionalText(wanted, 'ExcludeCharacters') ?? '';
  const alphabets = Object.entries(kinds)
    .filter(([name]) => !isOn(wanted[name]))
    .map(([, letters]) => [...letters].filter((letter) => !excluded.includes(letter)))
    .filter(({ length }) => length > 0);
  const length = optionalNumber(wanted, 'PasswordLength') ?? 32;
  const letters = alphabets.flat();
  const mustHaveEach = wanted.RequireEachIncludedType === undefined || isOn(wanted.RequireEachIncludedType);
  if (letters.length === 0 || length < alphabets.length)
    throw new TwinError('GenerateSecretString leaves no value to draw.', 'Exclude less, or ask for more characters.');
  for (;;) {
    const value = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
    if (!mustHaveEach || alphabets.every((each) => each.some((letter) => value.includes(letter))))
      return inTemplate(wanted, value);
  }
};

const inTemplate = (wanted: Fields, value: string): string => {
  const template = optionalText(wanted, 'SecretStringTemplate');
  if (template === undefined) return value;
  const key = optionalText(wanted, 'GenerateStringKey');
  const parsed: unknown = JSON.parse(template);
  if (key === undefined || !isFields(parsed))
    throw new TwinError('SecretStringTemplate needs GenerateStringKey and a JSON object.', 'Give both, or neither.');
  return JSON.stringify({ ...parsed, [key]: value });
};
