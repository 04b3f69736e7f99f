import { type Group, isAlone } from '../command.ts';
import { headOf, type Offer, type OfferedOption, offersOf } from './offers.ts';

/** Between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const plain = (text: string): string => text.replace(/[\\:[\]()]/g, (sign) => `\\${sign}`);

const actionOf = ({ takes, choices }: OfferedOption): string => {
  if (takes === 'choice') return `(${choices.map(plain).join(' ')})`;
  if (takes === 'file') return '_files';
  return takes === 'folder' ? '_files -/' : ' ';
};

/** `'--tier[1: customers notice at once]:tier:(1 2 3 4)'` */
const specOf = (option: OfferedOption): string => {
  const { name, about, takes, isRepeated } = option;
  const value = takes === 'nothing' ? '' : `:${name}:${actionOf(option)}`;
  return quoted(`${isRepeated ? '*' : ''}--${name}[${plain(about)}]${value}`);
};

const commandCase = ({ path, isAlone: alone, options, choices }: Offer): string => {
  const words = choices.length > 0 ? [quoted(`1:word:(${choices.join(' ')})`)] : [];
  const skipped = alone ? 1 : 2;
  return `    ${quoted(alone ? `${path} ` : path)}${alone ? '*' : ''}) shift ${skipped} words; (( CURRENT -= ${skipped} )); _arguments ${[...words, ...options.map(specOf)].join(' ')} ;;`;
};

const described = (entries: readonly { readonly name: string; readonly summary: string }[]): string =>
  entries.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(':', '\\:')}`)).join(' ');

const groupCase = ({ name, commands }: Group): string =>
  `      ${name}) known=(${described(commands)}); _describe command known; return ;;`;

export const zshCompletion = (groups: readonly Group[]): string => `#compdef ringfence
${headOf('zsh')}
_ringfence() {
  local -a known
  if (( CURRENT == 2 )); then
    known=(${described(groups)})
    _describe group known
    return
  fi
  if (( CURRENT == 3 )); then
    case "$words[2]" in
${groups
  .filter((group) => !isAlone(group))
  .map(groupCase)
  .join('\n')}
    esac
  fi
  case "$words[2] $words[3]" in
${offersOf(groups).map(commandCase).join('\n')}
  esac
}

compdef _ringfence ringfence
`;
