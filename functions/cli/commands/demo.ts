import { Command } from 'commander';
import type { DemoOptions } from '../../demo/demo.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandLine } from './command-line.ts';

/** `indicators demo`: the sample, from its forms to its publications. */
export function demoCommand({ finish }: CommandLine): Command {
  return new Command('demo')
    .description(
      'make the sample, a year that is compared with its published report and the next, to October, beside it; submit and publish both',
    )
    .option('--folder <folder>', 'where to put it; emptied first', 'indicators-demo')
    .option('--seed <number>', 'another year with the same totals', wholeNumber, 2023)
    .option('--no-second-year', 'the first year alone')
    .action(async (given: DemoOptions) => finish((await import('../../demo/demo.ts')).runDemo(given)));
}
