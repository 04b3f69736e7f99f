import { isAlone } from '../../../bin/command-line/command.ts';
import { bashCompletion } from '../../../bin/command-line/completion/bash.ts';
import { fishCompletion } from '../../../bin/command-line/completion/fish.ts';
import { zshCompletion } from '../../../bin/command-line/completion/zsh.ts';
import { groups } from '../../../bin/command-line/groups.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

it.each(Object.entries(scripts))(
  '%s is told every group, command, option and choice of the table',
  (shell, scriptOf) => {
    const script = scriptOf(groups);
    for (const group of groups) {
      expect(script).toContain(group.name);
      for (const { name, options } of group.commands) {
        if (!isAlone(group)) expect(script).toContain(`${group.name} ${name}`);
        for (const [option, { choices = [] }] of Object.entries(options)) {
          expect(script).toContain(shell === 'fish' ? `-l ${option}` : `--${option}`);
          for (const choice of choices) expect(script.replaceAll('\\', '')).toContain(choice);
        }
      }
    }
  },
);
