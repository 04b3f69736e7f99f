import { type Group, isAlone } from '../command.ts';
import { headOf, type Offer, type OfferedOption, offersOf } from './offers.ts';

/** What completes a value; nothing can be said of a text. */
const replyTo = ({ takes, choices }: OfferedOption): string => {
  if (takes === 'choice') return `_ringfence_words '${choices.join(' ')}'`;
  if (takes === 'file') return '_ringfence_files -f';
  return takes === 'folder' ? '_ringfence_files -d' : ':';
};

const valueCases = ({ path, options }: Offer): readonly string[] =>
  options
    .filter(({ takes }) => takes !== 'nothing')
    .map((option) => `    '${path} --${option.name}') ${replyTo(option)}; return ;;`);

const wordCase = ({ path, options, choices }: Offer): string =>
  `    '${path}') _ringfence_words '${[...choices, ...options.map(({ name }) => `--${name}`)].join(' ')}' ;;`;

const groupCase = ({ name, commands }: Group): string =>
  `    '${name}') _ringfence_words '${commands.map((each) => each.name).join(' ')}' ;;`;

/** For bash 3.2 and later. */
export const bashCompletion = (groups: readonly Group[]): string => {
  const offers = offersOf(groups);
  const alone = groups.filter(isAlone).map(({ name }) => name);
  return `${headOf('bash')}
# Scopes have a colon in them: it is no end of a word.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:}

_ringfence_words() {
  COMPREPLY=($(compgen -W "$1" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
_ringfence_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
_ringfence() {
  local path='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$path" in ${alone.join(' | ')} | *' '*) break ;; esac
    case "\${COMP_WORDS[at]}" in -*) ;; *) path="\${path:+$path }\${COMP_WORDS[at]}" ;; esac
  done
  COMPREPLY=()
  case "$path \${COMP_WORDS[COMP_CWORD-1]}" in
${offers.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
    '') _ringfence_words '${groups.map(({ name }) => name).join(' ')}' ;;
${groups
  .filter((group) => !isAlone(group))
  .map(groupCase)
  .join('\n')}
${offers.map(wordCase).join('\n')}
  esac
}

complete -F _ringfence ringfence
`;
};
