import type { WorkplaceOptions } from './workplace.ts';

/** What a command has of the line that it stands in: the options before it, and what its exit code is for. */
export interface CommandLine {
  options: () => WorkplaceOptions;
  finish: (result: Promise<number>) => Promise<void>;
}
