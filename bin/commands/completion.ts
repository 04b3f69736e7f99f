import { defineCommand, type Group } from '../command-line/command.ts';
import { bashCompletion } from '../command-line/completion/bash.ts';
import { fishCompletion } from '../command-line/completion/fish.ts';
import { zshCompletion } from '../command-line/completion/zsh.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof shells;

const summary = 'Print what makes your shell complete words of ringfence';

/** Of all groups, itself included: asked for when it runs. */
export const completion = (groups: () => readonly Group[]): Group => ({
  name: 'completion',
  summary,
  commands: [
    defineCommand({
      name: '',
      audience: 'everybody',
      summary,
      words: [{ name: 'shell', choices: Object.keys(shells) }],
      options: {},
      example: 'ringfence completion bash',
      notes: `Words are completed for the command "ringfence": put node_modules/.bin on your PATH, or run "npm link" once.

  bash   add to ~/.bashrc:                source <(ringfence completion bash)
  zsh    add to ~/.zshrc after compinit:  source <(ringfence completion zsh)
  fish   once:                            ringfence completion fish > ~/.config/fish/completions/ringfence.fish`,
      run: async ({ words }) => {
        process.stdout.write(shells[words.shell as Shell](groups()));
        return 0;
      },
    }),
  ],
});
