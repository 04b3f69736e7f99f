import { launch } from './launch.js';

await launch('./drill/drill.ts');
