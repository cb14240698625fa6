import { z } from 'zod';

const printed = (longest: number) => z.string().trim().min(1).max(longest).optional();

/** What a statistical form says of itself in its top right corner (表号, 制定机关, 批准文号, 有效期至), as it is printed. */
export const formSchema = z.strictObject({
  number: printed(30),
  authority: printed(40),
  approval: printed(40),
  validUntil: printed(30),
});
export type Form = z.infer<typeof formSchema>;

/**
 * How returns are signed: whether a scan of the signed and stamped sheet is asked for (盖章扫描件), which is evidence and
 * no condition; whether a return counts only after the department's own reviewer agreed (审核人同意), which is one.
 */
export const signingSchema = z.strictObject({
  scan: z.boolean().default(false),
  agreement: z.boolean().default(false),
});
export type Signing = z.infer<typeof signingSchema>;

/** What each is called, in the order in which they are printed. */
export const formWords = {
  number: '表号',
  authority: '制定机关',
  approval: '批准文号',
  validUntil: '有效期至',
} as const satisfies Record<keyof Form, string>;

/** What is printed in a form's corner, line by line: `表号：某统1表`. Empty where nothing is to be. */
export function formLines(form: Form): string[] {
  return (Object.keys(formWords) as (keyof Form)[]).flatMap((field) => {
    const text = form[field];
    return text === undefined ? [] : [`${formWords[field]}：${text}`];
  });
}

/** What is asked for beside the figures, in words; empty where nothing is. */
export function signingInWords(signing: Signing): string {
  const asked = [
    ...(signing.scan ? ['要上传签字盖章的扫描件'] : []),
    ...(signing.agreement ? ['部门审核人同意后才计入'] : []),
  ];
  return asked.join('，');
}
