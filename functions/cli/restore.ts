import { RestoreRefused, restore } from '../restore/restore.ts';
import { exitCodes, print, printJson } from './output.ts';
import type { Workplace } from './workplace.ts';

/** Rebuilds a lost ledger from the documents, and lists what cannot be rebuilt. */
export async function restoreCommand(options: { json?: boolean }, workplace: Workplace): Promise<number> {
  const { now, user, ledger, documents, catalogue } = workplace;
  try {
    const request = { restoredAt: now, restoredBy: user };
    const restoration = await restore(request, { ledger, documents, catalogue });
    if (options.json) printJson(restoration);
    else {
      const { uploads, identical, losses } = restoration;
      print(`${uploads} uploads restored, ${identical} of their events hash for hash`);
      for (const { what, where, explanation } of losses)
        print(`NOT RESTORED ${what} ${where}: ${explanation}`);
    }
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof RestoreRefused)) throw error;
    print(error.message);
    return exitCodes.misused;
  }
}
