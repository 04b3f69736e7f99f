import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type PythonPackage, pythonWith } from './programs.ts';

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramInput {
  readonly stdin?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
}

const outputBytesMax = 64 * 1024 * 1024;

/** Runs a program to its end, whatever it exits with. @throws when it cannot be started */
export const runProgram = (command: string, args: readonly string[], input: ProgramInput = {}): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const env = input.env ?? process.env;
    const child = execFile(command, args, { env, maxBuffer: outputBytesMax }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    // A program that refuses early does not read to the end.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input.stdin ?? '');
  });

/** Runs a script of the folder `python`: JSON in, JSON out. @throws with what the script wrote when it failed */
export const runPython = async <T>(needs: PythonPackage, script: string, given: unknown): Promise<T> => {
  const python = pythonWith(needs);
  if (!python) throw new Error(`No Python here has ${needs}.`);
  const path = join(import.meta.dirname, 'python', script);
  const { exitCode, stdout, stderr } = await runProgram(python, [path], { stdin: JSON.stringify(given) });
  if (exitCode !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout) as T;
};
