import { halfWidth, withoutUnseen } from '../values/text.ts';

/** 无, also of the period, in brackets or with a full stop; a stroke; what programs write for none. */
const nothing =
  /^[([]?(?:[均皆]?无|没有|(?:本|当)(?:月|季|季度|期|年|半年|年度)均?(?:无|没有)|无此项|-+|[—–]+|\/+|\\+|零|〇|n\/?a|na|none|nil)[)\]]?[。.]?$/i;

/** Whether somebody says in a word, or with a stroke, that there is nothing; whether that is 0 is for others to ask. */
export function isWordForNothing(text: string): boolean {
  return nothing.test(halfWidth(withoutUnseen(text)).replace(/\s/g, ''));
}
