/** `${Name}` and `${Name.Attribute}` of Fn::Sub. `${!Literal}` is the text `${Literal}`.
 *  https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
const pattern = /\$\{(!?)([^}]*)\}/g;

export const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(pattern)].filter((match) => match[1] === '').map((match) => (match[2] ?? '').trim());

export const substitute = (text: string, valueFor: (name: string) => string): string =>
  text.replace(pattern, (_, escaped: string, name: string) => (escaped ? `\${${name}}` : valueFor(name.trim())));
