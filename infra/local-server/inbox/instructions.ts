import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { instructionsName, processedFolder } from './inbox-files.ts';
import { noteFile } from './note-file.ts';
import { hasCode } from './read-quiet-file.ts';

/** Makes the inbox if there is none, with a file that says how it is used. */
export async function prepareInbox(inbox: string, catalogue: Catalogue): Promise<void> {
  if (await isThere(inbox)) return;
  await mkdir(inbox, { recursive: true });
  await writeFile(join(inbox, instructionsName), noteFile(instructions(catalogue)));
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function instructions({ authority, departments, periods, year }: Catalogue): string[] {
  const [first] = departments;
  const period = periods[0]?.period ?? `${year}-01`;
  const example = first === undefined ? '' : `（例如 ${first.id}\\${period}）`;
  return [
    `${authority}月报收件箱`,
    '',
    '把填好的月报工作簿放进本文件夹，几秒钟后系统就会收走。',
    '',
    '用本系统下载的填报模板填写的工作簿，文件名可以任意，直接放进来即可。',
    `不是用模板填写的，请放进以部门代码和报告期命名的两层文件夹${example}，`,
    `或者把文件命名为“部门代码-报告期”${first === undefined ? '' : `（例如 ${first.id}-${period}.xlsx）`}。`,
    '',
    `收走的文件移到“${processedFolder}”文件夹，按日期存放，不会删除，也不会覆盖同名文件。`,
    '没有接收的，或者有需要核对的，旁边会多出一个以“校验结果”结尾的文件，标出每一处问题和改正的办法；',
    '改好后可以直接把它放回本文件夹。',
    '',
    '部门代码：',
    ...departments.map(({ id, name }) => `  ${id}  ${name}`),
  ];
}
