/** The README's tour: what `npm start` is said to end with, and commands with what they are said to print. */
export interface Tour {
  readonly screen: string;
  readonly commands: readonly TourCommand[];
}

export interface TourCommand {
  readonly command: string;
  /** As printed, lines joined; empty when the command prints nothing. */
  readonly output: string;
}

const fenced = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , content = '']) => content.trimEnd());

/** Lines that begin with `$ ` are commands; what stands below is their output. */
const commandsIn = (block: string): readonly TourCommand[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.trimEnd().split('\n');
      return { command, output: output.join('\n') };
    });

/** @throws when the README has no tour any more where this looks for it */
export const parseTour = (readme: string): Tour => {
  const tour = /^## Five-minute tour\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
  const [screen] = fenced(tour, '');
  const commands = fenced(tour, 'console').flatMap(commandsIn);
  if (!screen || commands.length === 0)
    throw new Error('README.md has no "Five-minute tour" with the screen of npm start and console blocks of commands.');
  return { screen, commands };
};
