import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { filesOfProject, type Page, pageAt, root } from '../fixtures/pages.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const pages = filesOfProject()
  .filter((path) => path.endsWith('.md'))
  .map(pageAt);

/** The commands that a page tells to type: those in fenced code, lines that go on joined, and those in a line. */
function commandsOf({ code, prose }: Page): string[] {
  const lines = code
    .join('\n')
    .replace(/\s*\\\n\s*/g, ' ')
    .split('\n');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, text]) => text!.replace(/\s+/g, ' '));
  return [...lines, ...inline]
    .flatMap((line) => line.replace(/\s#\s.*$/, '').split(/\s*(?:&&|\|\||[;|])\s*/))
    .map((command) => command.trim())
    .filter((command) => /^(?:npx indicators|npm run|npm start)(?: |$)/.test(command));
}

/** Words of a command as a shell takes them apart. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"[^"]*"|'[^']*'|<[^>]*>|\S+/g)].map(([word]) => word);
}

/** What a script of package.json is, with what is typed behind it: `npm run demo -- --seed 7`. */
function scriptBehind(command: string): string | undefined {
  const [, , ...rest] = wordsOf(command.replace(/^npm start/, 'npm run start'));
  const [name = '', ...typed] = rest;
  const script = scripts[name];
  return script === undefined ? undefined : [script, ...typed.filter((word) => word !== '--')].join(' ');
}

const program = join(root, 'functions', 'cli', 'main.ts');
const helps = new Map<string, Promise<string | undefined>>();

/** What `--help` says of a command of the program; undefined if it has none of that name. */
function helpOf(command: string): Promise<string | undefined> {
  const asked = helps.get(command) ?? askHelp(command);
  helps.set(command, asked);
  return asked;
}

async function askHelp(command: string): Promise<string | undefined> {
  const words = command === '' ? ['--help'] : [...command.split(' '), '--help'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...words]);
    // Of a command that it does not know the program says how it is used itself.
    return command === '' || stdout.startsWith(`Usage: indicators ${command} `) ? stdout : undefined;
  } catch {
    return undefined;
  }
}

function optionsIn(help: string): string[] {
  return [...help.matchAll(/^ +(?:(-\w), )?(--[\w-]+)/gm)].flatMap(([, short, long]) => [short ?? '', long!]);
}

/** The commands below one, as its help lists them. */
function commandsIn(help: string): string[] {
  const [, listed = ''] = help.split('\nCommands:\n');
  return [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name!);
}

/** What is wrong with a command that somebody may type; undefined if nothing is. */
async function faultOf(command: string): Promise<string | undefined> {
  const typed = command.startsWith('npx indicators')
    ? command.replace('npx indicators', 'node functions/cli/main.ts')
    : scriptBehind(command);
  if (typed === undefined) return `${command}: no such script`;
  const [runner, file = '', ...words] = wordsOf(typed);
  if (runner !== 'node') return undefined;
  const used = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*$/, ''));
  const known = join(root, file) === program ? await optionsOfCommand(words) : optionsOfScript(file);
  if (known === undefined) return `${command}: no such command`;
  const wrong = used.filter((option) => !known.includes(option));
  return wrong.length === 0 ? undefined : `${command}: no such option: ${wrong.join(', ')}`;
}

/** The options of a command and those of the program itself; undefined if it has no such command. */
async function optionsOfCommand(words: readonly string[]): Promise<string[] | undefined> {
  const at = words.findIndex((word) => /^[a-z]/.test(word));
  const [name = '', below = ''] = at < 0 ? [] : words.slice(at);
  const help = await helpOf(name);
  if (help === undefined) return undefined;
  const hasBelow = below !== '' && commandsIn(help).includes(below);
  const own = hasBelow ? await helpOf(`${name} ${below}`) : help;
  return own === undefined ? undefined : [...optionsIn(own), ...optionsIn((await helpOf('')) ?? '')];
}

/** The options that a script of the tests gives to `parseArgs`. */
function optionsOfScript(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/\b(\w+): \{ type: '(?:string|boolean)'/g)].map(([, name]) => `--${name}`);
}

/** Each asks the program some times for its help, which takes a moment, and longer on a busy machine. */
const patient = { timeout: 240_000 };

describe('commands in the pages', () => {
  it('are seen in fenced code and in lines', () => {
    const code = [
      'npm ci && npm start -- --sample   # the pages',
      'npx indicators export \\',
      '  -o a.jsonl',
    ];
    const prose = 'Run `npx indicators status` or `npm run\ndemo`, not `npm ci`.';
    expect(commandsOf({ path: '', text: '', code, prose })).toEqual([
      'npm start -- --sample',
      'npx indicators export -o a.jsonl',
      'npx indicators status',
      'npm run demo',
    ]);
  });

  it.each([
    ['npm run gone', 'no such script'],
    ['npx indicators gone', 'no such command'],
    ['npx indicators check a.xlsx --gone', 'no such option: --gone'],
    ['npm start -- --gone', 'no such option: --gone'],
    ['npm run demo -- --port 1', 'no such option: --port'],
    ['npx indicators --gone status', 'no such option: --gone'],
    ['npx indicators catalogue new --gone', 'no such option: --gone'],
    ['npm run simulate -- --gone', 'no such option: --gone'],
  ])('that are not there are found: %s', patient, async (command, fault) => {
    expect(await faultOf(command)).toContain(fault);
  });

  it('are commands, scripts and options that are there', patient, async () => {
    const commands = [...new Set(pages.flatMap(commandsOf))];
    expect(commands.length).toBeGreaterThan(20);
    const faults = await Promise.all(commands.map(faultOf));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });
});
