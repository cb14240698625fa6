import Docxtemplater, { type DXT } from 'docxtemplater';
import PizZip from 'pizzip';
import { indicatorOf } from '../core/catalogue/tables.ts';
import { escapeXml } from '../core/values/text.ts';
import { blockXml } from './blocks.ts';
import { controlXml, highlighted, linkOf } from './control.ts';
import type { Parts } from './docx.ts';
import { type FigurePlaceholder, placeholdersOf } from './placeholder.ts';
import { factOf, type Source, saidOf, textOf } from './said.ts';
import { isBlock } from './template.ts';
import { openParts } from './written-parts.ts';

/**
 * Puts what a publication says in the places of a template in which nothing is wrong (see `readTemplate`): each figure
 * in a content control, looking as its place does.
 */
export function fillTemplate(template: Parts, source: Source): Parts {
  const zip = new PizZip();
  for (const [name, bytes] of template) zip.file(name, bytes);
  const controls = new Controls(source);
  new Docxtemplater(zip, {
    modules: [placesOf(controls, [...openParts(template).keys()])],
    delimiters: { start: '【', end: '】' },
    syntax: { changeDelimiterPrefix: null, allowUnopenedTag: true, allowUnclosedTag: true },
    parser: (inside) => ({ get: () => controls.blockOf(inside) }),
    errorLogging: false,
  }).render({});
  return new Map([...template.keys()].map((name) => [name, zip.file(name)!.asUint8Array()]));
}

/** Ids of controls are numbers that no two in a document share; Word's own are mostly larger. */
const firstId = 1_000_000;

/** Makes the controls of one document. */
class Controls {
  readonly #source: Source;
  readonly #read: ReturnType<typeof placeholdersOf>;
  #last = firstId;

  constructor(source: Source) {
    this.#source = source;
    this.#read = placeholdersOf(source.catalogue);
  }

  isBlock(inside: string): boolean {
    const reading = this.#read(inside);
    return reading.kind === 'read' && isBlock(reading.placeholder);
  }

  blockOf(inside: string): string {
    const reading = this.#read(inside);
    if (reading.kind !== 'read') return '';
    return blockXml(reading.placeholder, this.#source, (figure) => this.controlOf(figure, ''));
  }

  /** What is written in a line: plain text, or a figure, which may be none. */
  said(inside: string): { text: string; figure?: FigurePlaceholder } {
    const reading = this.#read(inside);
    if (reading.kind !== 'read') return { text: `【${inside}】` };
    const { placeholder } = reading;
    switch (placeholder.kind) {
      case 'figure': {
        const text = saidOf(placeholder, this.#source)?.text ?? '';
        // A unit is a word, and no figure.
        return placeholder.form === 'unit' ? { text } : { text, figure: placeholder };
      }
      case 'fact':
        return { text: factOf(placeholder.fact, this.#source) };
      case 'text':
        return { text: textOf(placeholder, this.#source) };
      case 'table':
        return { text: '' };
    }
  }

  /** A figure in its control; nothing where there is nothing to say. */
  controlOf(figure: FigurePlaceholder, properties: string): string {
    const { publication, catalogue } = this.#source;
    const said = saidOf(figure, this.#source);
    if (said === undefined || said.text === '') return '';
    this.#last += 1;
    return controlXml(linkOf(figure, publication), {
      name: indicatorOf(catalogue, figure.indicator)?.name ?? figure.indicator,
      text: said.text,
      properties: said.open.length > 0 ? highlighted(properties) : properties,
      id: this.#last,
    });
  }
}

/** What the filling knows of a place: the properties of its run, as XML; undefined where there is no run. */
interface Place extends DXT.Part {
  run?: string;
}

const moduleName = 'places';

/** `parts` are those that are filled in; docxtemplater's own choice leaves out endnotes, and has comments and properties of the file. */
function placesOf(controls: Controls, parts: readonly string[]): DXT.Module {
  return {
    name: moduleName,
    optionsTransformer: (options, docxtemplater) => {
      docxtemplater.targets = [...parts];
      return options;
    },
    parse: (inside) => ({
      type: 'placeholder',
      module: controls.isBlock(inside) ? 'rawxml' : moduleName,
      value: inside,
    }),
    postparse: (parts) => withRuns(parts, controls),
    render: (part: Place) => {
      if (part.module !== moduleName) return null;
      const { text, figure } = controls.said(part.value);
      if (figure === undefined || part.run === undefined) return { value: escapeXml(text), errors: [] };
      const control = controls.controlOf(figure, part.run);
      const around = `</w:t></w:r>${control}<w:r>${part.run}<w:t xml:space="preserve">`;
      return { value: control === '' ? '' : around, errors: [] };
    },
  };
}

/** Notes of each place the properties of the run around it, and takes the comma away before what says nothing. */
function withRuns(parts: Place[], controls: Controls): Place[] {
  const runs = new Runs();
  return parts.map((part, index) => {
    const { value } = part;
    runs.pass(part);
    if (part.type === 'placeholder' && part.module === moduleName && runs.properties !== undefined)
      return { ...part, run: runs.properties };
    const next = parts[index + 1];
    const isBeforeNothing =
      part.type === 'content' && next?.module === moduleName && controls.said(next.value).text === '';
    return isBeforeNothing ? { ...part, value: value.replace(/[，,]$/, '') } : part;
  });
}

/** The runs around what is passed: a box within a run has runs of its own. */
class Runs {
  readonly #open: string[] = [];
  /** How deep within the properties of a run: those of before a change that is tracked stand within them. */
  #depth = 0;
  #isAtBeginning = false;

  /** Those of the innermost run, as XML; undefined outside of runs. */
  get properties(): string | undefined {
    return this.#open.at(-1);
  }

  pass({ tag, position, value }: Place): void {
    if (tag === 'w:r' && position === 'start') this.#open.push('');
    if (tag === 'w:r' && position === 'end') this.#open.pop();
    if (tag === 'w:rPr' && position === 'start' && (this.#depth > 0 || this.#isAtBeginning)) this.#depth += 1;
    if (this.#depth > 0) this.#open.push(`${this.#open.pop() ?? ''}${value}`);
    if (tag === 'w:rPr' && position === 'end' && this.#depth > 0) this.#depth -= 1;
    if (tag !== undefined) this.#isAtBeginning = tag === 'w:r' && position === 'start';
  }
}
