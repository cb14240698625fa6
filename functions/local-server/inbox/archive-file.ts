import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { feedbackFileNames } from '../../../shared/core/ledger/receipt.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import type { IngestResult } from '../../use-cases/ingest.ts';
import { type InboxFile, isSameFile, modesIn, noteFile, processedFolder } from './inbox-folder.ts';

/** What is laid beside a file that was taken in. */
export interface Enclosure {
  ending: '.xlsx' | '.txt';
  bytes: Uint8Array;
}

/**
 * Moves a file that was taken in to where those of the day are, in folders as it lay in, with its feedback beside it.
 * Nothing there is ever replaced. A file that was changed since it was read stays, and will be taken in anew. Whoever
 * may read the inbox may read what is made there; the file moved stays whose it was.
 */
export async function archiveFile(
  file: InboxFile,
  { inbox, day, enclosure }: { inbox: string; day: string; enclosure: Enclosure | undefined },
): Promise<void> {
  if (!isSameFile(file, await stat(file.path))) return;
  const folder = join(inbox, processedFolder, day, relative(inbox, dirname(file.path)));
  const modes = await modesIn(inbox);
  await mkdir(folder, { recursive: true, mode: modes.folder });
  const moved = await claim(folder, basename(file.path), modes.file);
  try {
    await rename(file.path, moved);
  } catch (error) {
    await rm(moved, { force: true });
    throw error;
  }
  if (enclosure === undefined) return;
  const stem = basename(moved, extname(moved));
  const beside = await claim(folder, `${shortened(stem)}-校验结果${enclosure.ending}`, modes.file);
  await writeFile(beside, enclosure.bytes);
}

/** Takes the first free of `a.xlsx`, `a (2).xlsx`, `a (3).xlsx` with an empty file, which may then be replaced. */
async function claim(folder: string, name: string, mode: number): Promise<string> {
  const ending = extname(name);
  const stem = basename(name, ending);
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${shortened(stem)} (${number})${ending}`);
    try {
      await (await open(path, 'wx', mode)).close();
      return path;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

/** So much that a name with something after it is not too long for any system. */
function shortened(stem: string): string {
  return [...stem].slice(0, 60).join('');
}

/**
 * What is laid beside a file in which something was found: the marked workbook, or, of a file that named no return,
 * the findings as a text.
 */
export async function enclosureFor(
  { feedback, feedbackFolder }: IngestResult,
  documents: Documents,
): Promise<Enclosure | undefined> {
  const findings = [...feedback.findings, ...feedback.warnings];
  if (findings.length === 0) return undefined;
  const workbook = await documents.get(feedbackFolder + feedbackFileNames.workbook);
  if (workbook !== undefined) return { ending: '.xlsx', bytes: workbook };
  const outcome = feedback.outcome === 'refused' ? '没有接收。' : '已接收。';
  const lines = [`${feedback.upload.fileName}：${outcome}`, '', ...findings.map(inWords)];
  return { ending: '.txt', bytes: noteFile(lines) };
}

function inWords({ message, found }: Finding): string {
  return found === undefined ? `· ${message}` : `· ${message}（填写的是“${found}”）`;
}
