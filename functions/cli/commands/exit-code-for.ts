import { hasCode } from '../../../shared/adapters/system-error.ts';
import { CatalogueError } from '../../../shared/catalogue/load.ts';
import { WitnessContradictedError } from '../../use-cases/witness.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { complain } from './output.ts';

/** The one place where thrown faults become messages and exit codes. */
export function exitCodeFor(error: unknown): number {
  if (!(error instanceof Error)) {
    complain(String(error));
    return exitCodes.failed;
  }
  if (hasCode(error, 'EADDRINUSE')) {
    complain('the port is in use: is the server running already? Else choose another with --port');
    complain('端口已被占用：系统是否已经在运行？也可以用 --port 换一个端口。');
    return exitCodes.misused;
  }
  complain(error.message);
  if (error instanceof WitnessContradictedError) return exitCodes.refused;
  const isMisuse = error instanceof UsageError || error instanceof CatalogueError;
  return isMisuse || isWrongPath(error) ? exitCodes.misused : exitCodes.failed;
}

/** What the system says of a path that names no file that can be read. */
function isWrongPath(error: Error): boolean {
  return hasCode(error, 'ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES');
}
