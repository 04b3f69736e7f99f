import { type Group, isAlone } from '../command.ts';
import { headOf, type Offer, type OfferedOption, offersOf } from './offers.ts';

/** Between single quotes. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;

const line = (condition: string, rest: string): string => `complete -c ringfence -n ${quoted(condition)} ${rest}`;

const valueText = ({ takes, choices }: OfferedOption): string => {
  if (takes === 'choice') return ` -x -a ${quoted(choices.join(' '))}`;
  if (takes === 'file') return ' -r -F';
  if (takes === 'folder') return " -x -a '(__fish_complete_directories)'";
  return takes === 'text' ? ' -x' : '';
};

const linesOf = ({ path, isAlone: alone, options, choices }: Offer): readonly string[] => {
  const condition = alone ? `__ringfence_group ${path}` : `__ringfence_path ${path}`;
  const words = choices.length > 0 ? [line(condition, `-a ${quoted(choices.join(' '))}`)] : [];
  return [
    ...words,
    ...options.map((option) => line(condition, `-l ${option.name}${valueText(option)} -d ${quoted(option.about)}`)),
  ];
};

const groupLines = (group: Group): readonly string[] => [
  line('__ringfence_path', `-a ${group.name} -d ${quoted(group.summary)}`),
  ...(isAlone(group)
    ? []
    : group.commands.map(({ name, summary }) =>
        line(`__ringfence_path ${group.name}`, `-a ${name} -d ${quoted(summary)}`),
      )),
];

export const fishCompletion = (groups: readonly Group[]): string => `${headOf('fish')}
function __ringfence_words
    commandline -opc | string match -v -- '-*'
end
# The first two words are these, and no other.
function __ringfence_path
    set -l words (__ringfence_words)
    test "$words[2..3]" = "$argv"
end
function __ringfence_group
    set -l words (__ringfence_words)
    test "$words[2]" = "$argv"
end
complete -c ringfence -f
${groups.flatMap(groupLines).join('\n')}
${offersOf(groups).flatMap(linesOf).join('\n')}
`;
