import type { DataValidation } from 'exceljs';
import type { ReportedIndicator } from '../core/catalogue/indicator.ts';
import { formColumns } from './layout.ts';
import { columnName } from './reading/address.ts';

/**
 * What the spreadsheet program itself checks while a clerk types: whole number or decimals within the range.
 * Where 不适用 may be typed a formula allows it; where other units may be typed the program only warns.
 */
export function inputValidation(indicator: ReportedIndicator): DataValidation {
  const { min, max } = indicator.range;
  const bounds = max === undefined ? `不小于 ${min}` : `${min} 至 ${max} 之间`;
  const wanted =
    indicator.decimals === 0 ? `${bounds}的整数` : `${bounds}的数字，最多 ${indicator.decimals} 位小数`;
  const prompt = [
    `请填${wanted}，单位：${indicator.unit}。`,
    ...(/^[%‰]$/.test(indicator.unit)
      ? [`只填“${indicator.unit}”前面的数字：95.5${indicator.unit} 就填 95.5。`]
      : []),
    indicator.notApplicable ? '没有发生填 0，不适用填“不适用”。' : '没有发生填 0。',
    ...indicator.alsoIn.map(({ unit }) => `按${unit}计的，在数字后面写上“${unit}”。`),
  ].join('');
  return {
    ...condition(indicator),
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: indicator.alsoIn.length > 0 ? 'warning' : 'stop',
    errorTitle: '请核对',
    error: `这里应填${wanted}${indicator.notApplicable ? '，或“不适用”' : ''}。`,
    showInputMessage: true,
    promptTitle: [...indicator.name].slice(0, 16).join(''),
    prompt: [...prompt].slice(0, 250).join(''),
  };
}

function condition(indicator: ReportedIndicator): Pick<DataValidation, 'type' | 'operator' | 'formulae'> {
  const { min, max } = indicator.range;
  if (indicator.notApplicable) {
    const cell = `INDEX($${columnName(formColumns.value)}:$${columnName(formColumns.value)},ROW())`;
    const whole = indicator.decimals === 0 ? `,${cell}=INT(${cell})` : '';
    const most = max === undefined ? '' : `,${cell}<=${max}`;
    return {
      type: 'custom',
      formulae: [`IF(ISNUMBER(${cell}),AND(${cell}>=${min}${most}${whole}),${cell}="不适用")`],
    };
  }
  const type = indicator.decimals === 0 ? 'whole' : 'decimal';
  return max === undefined
    ? { type, operator: 'greaterThanOrEqual', formulae: [Number(min)] }
    : { type, operator: 'between', formulae: [Number(min), Number(max)] };
}
