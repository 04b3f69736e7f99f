import type { Ground } from './ground.ts';

/** Something that an attacker, or a fault, does to what runs. */
export interface Attack {
  readonly name: string;
  /** What happens, one sentence. */
  readonly story: string;
  /** The detection that must page. Others may too. */
  readonly detection: string;
  /** `anywhere`: through the public door alone, so that it can be played against a deployed stage too. */
  readonly needs: 'anywhere' | 'twin';
  /** Plays it, and says in a few words what came of it. */
  readonly play: (ground: Ground) => Promise<string>;
  /** Puts back what it changed. */
  readonly undo?: (ground: Ground) => Promise<void>;
}
