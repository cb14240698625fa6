import { remarkWord } from '../../core/words.ts';
import { styles } from './styles.ts';
import type { Column } from './table.ts';

/** What was observed, in which cell of which file, uploaded when and by whom. */
export const observationColumns: readonly Column[] = [
  { heading: '情况', look: styles.centred, least: 8 },
  { heading: '数值', least: 10, most: 20 },
  { heading: '单位', look: styles.centred },
  { heading: '清单各项', look: styles.text, least: 10, most: 30 },
  { heading: remarkWord, look: styles.text, least: 10, most: 36 },
  { heading: '工作表', look: styles.centred, most: 16 },
  { heading: '单元格', look: styles.centred },
  { heading: '文件', look: styles.text, most: 36 },
  { heading: '上传时间', look: styles.centred, least: 17 },
  { heading: '上传人', look: styles.centred, most: 16 },
];

/** Where the ledger recorded it, and the hash of the file. */
export const sourceColumns: readonly Column[] = [
  { heading: '台账链', look: styles.centred, most: 16 },
  { heading: '序号' },
  { heading: '文件指纹', look: styles.fingerprint, least: 24, most: 24 },
];

/** What the columns that tell where an observation comes from mean, for a note above the table. */
export const sourceNote = '文件指纹是所上传文件的 SHA-256；台账链和序号指出记下这份报表的那一条台账。';
