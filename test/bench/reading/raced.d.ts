/** What the bench takes of its own packages, so that types are checked where those are not installed. */
declare module 'saxen' {
  type Attributes = () => Record<string, string>;

  export class Parser {
    on(event: 'openTag', handler: (name: string, attributes: Attributes) => void): void;
    on(event: 'closeTag', handler: (name: string) => unknown): void;
    on(event: 'text', handler: (text: string) => unknown): void;
    parse(xml: string): void;
  }
}

declare module 'read-excel-file/node' {
  export default function readExcel(file: Buffer): Promise<unknown>;
}
