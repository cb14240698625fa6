/**
 * How to mend a file that Excel may not open either: to save it again is no advice for one that was cut or damaged on
 * its way, and the only one for what another program wrote in its own fashion.
 */
export const sendTheOriginal =
  '请改传最初保存的那一份；如果这一份能在 Excel 或 WPS 中正常打开，也可以核对无误后另存为 .xlsx 再上传。';
