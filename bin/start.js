import { launch } from './launch.js';

await launch('./local.ts');
