import { join } from 'node:path';
import { publish } from '../../use-cases/publish/publish.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface PublishOptions {
  json?: boolean;
}

/** Publishes the year as it stands. */
export async function publishCommand(options: PublishOptions, workplace: Workplace): Promise<number> {
  const { year, now, user, software, folder: data } = workplace;
  const request = { year, publishedAt: now, publishedBy: user, software };
  const { outcome, publication, folder } = await publish(request, workplace);
  const { number, status, totals, changes, digest } = publication;
  const provisional = totals.filter((total) => total.status === 'provisional');
  if (options.json) {
    printJson({ outcome, year: publication.year, number, status, digest, folder: join(data, folder) });
    return exitCodes.done;
  }
  if (outcome === 'unchanged') {
    print(`nothing has changed since publication ${number} of ${publication.year}: no new one was made`);
  } else {
    print(`publication ${number} of ${publication.year}, ${status}: ${totals.length} totals`);
    if (changes.since !== null)
      print(`${changes.figures.length} figures changed since publication ${changes.since}`);
  }
  if (provisional.length > 0)
    print(`${provisional.length} totals are provisional; the cover says what is missing`);
  print(join(data, folder));
  return exitCodes.done;
}
