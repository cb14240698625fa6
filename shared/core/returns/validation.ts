import { type Catalogue, indicatorsOnForm, rulesFor } from '../catalogue/catalogue.ts';
import type { Indicator, ReportedIndicator } from '../catalogue/indicator.ts';
import { evaluateRule } from '../catalogue/rule-expression.ts';
import type { Decimal } from '../values/decimal.ts';
import type { ReturnKey } from './address.ts';
import { readFigure } from './figure.ts';
import { bySeverity, type Finding, hasErrors } from './finding.ts';
import { ruleBroken, say } from './findings/findings.ts';
import { readItems, readList } from './list.ts';
import { maxNoteLength, maxSignatureLength, type Observation, type Signature } from './observation.ts';
import type { Submission } from './submission.ts';

/** A return as it will be recorded: accepted exactly if no finding is an error. */
export interface ValidatedReturn {
  observations: Observation[];
  signature: Signature;
  findings: Finding[];
}

/** Checks what a department typed by itself, without any other return. All problems at once, in form order. */
export function validateReturn(
  submission: Submission,
  catalogue: Catalogue,
  { department, period }: ReturnKey,
): ValidatedReturn {
  const indicators = indicatorsOnForm(catalogue, department, period);
  const findings = [...submission.findings];
  const spoiled = new Set(
    findings.flatMap(({ indicator, severity }) => (severity === 'error' && indicator ? [indicator] : [])),
  );
  const observations: Observation[] = [];
  const { signature, findings: signatureFindings } = readSignature(submission.signature);
  const unread = submission.figures.size === 0 && hasErrors(findings);
  if (unread) return { observations, signature, findings: ordered(findings, indicators) };
  for (const indicator of indicators) {
    if (spoiled.has(indicator.id)) continue;
    const observed = observe(indicator, submission);
    findings.push(...observed.findings);
    if (observed.observation !== undefined) observations.push(observed.observation);
  }
  findings.push(...monthRuleFindings(catalogue, department, observations));
  findings.push(...signatureFindings);
  return { observations, signature, findings: ordered(findings, indicators) };
}

interface Observed {
  observation?: Observation;
  findings: Finding[];
}

function observe(indicator: ReportedIndicator, submission: Submission): Observed {
  const entry = submission.figures.get(indicator.id);
  if (entry === undefined) {
    return { findings: [{ ...say('row-missing', indicator), indicator: indicator.id }] };
  }
  const { reading, findings } = readFigure(indicator, entry);
  const items = submission.lists.get(indicator.id) ?? [];
  if (reading === undefined) {
    const aboutItems = indicator.kind === 'list' ? readItems(indicator, items).findings : [];
    return { findings: [...findings, ...aboutItems] };
  }
  const about = { indicator: indicator.id, place: entry.place };
  if (indicator.kind === 'list') {
    const list = readList(indicator, { entry, reading, items });
    return { ...list, findings: [...findings, ...list.findings] };
  }
  if (reading.status !== 'blank') return { observation: { ...about, ...reading }, findings };
  if (!indicator.required) return { observation: { ...about, status: 'missing' }, findings };
  return { findings: [...findings, { ...say('figure-blank', indicator), ...about }] };
}

function monthRuleFindings(catalogue: Catalogue, department: string, observations: Observation[]): Finding[] {
  const byIndicator = new Map(observations.map((observation) => [observation.indicator, observation]));
  const numberOf = (id: string): Decimal | undefined => {
    const observation = byIndicator.get(id);
    return observation?.status === 'reported' ? observation.value : undefined;
  };
  return rulesFor(catalogue, department, 'period').flatMap(({ rule, indicators }): Finding[] => {
    const outcome = evaluateRule(rule.expression, numberOf);
    if (outcome === undefined || outcome.holds) return [];
    const [first] = indicators;
    const place = byIndicator.get(first.id)?.place;
    const sides = indicators.map((indicator) => ({ indicator, value: numberOf(indicator.id) }));
    return [{ ...ruleBroken(rule, sides), ...(place === undefined ? {} : { place }), indicator: first.id }];
  });
}

function readSignature(typed: Submission['signature']): { signature: Signature; findings: Finding[] } {
  const findings: Finding[] = [];
  const missing = [
    ...(typed.preparer.trim() === '' ? ['填报人'] : []),
    ...(typed.reviewer.trim() === '' ? ['审核人'] : []),
  ];
  if (missing.length > 0) findings.push(say('signature-missing', missing));
  const noteLength = typed.correctionNote.trim().length;
  if (noteLength > maxNoteLength) findings.push(say('correction-note-too-long', noteLength, maxNoteLength));
  const cut = (text: string, length: number) => text.toWellFormed().trim().slice(0, length).toWellFormed();
  return {
    signature: {
      preparer: cut(typed.preparer, maxSignatureLength),
      reviewer: cut(typed.reviewer, maxSignatureLength),
      telephone: cut(typed.telephone, maxSignatureLength),
      correctionNote: cut(typed.correctionNote, maxNoteLength),
    },
    findings,
  };
}

/** Worst first; then what concerns the whole file, then as the form runs. */
function ordered(findings: Finding[], indicators: Indicator[]): Finding[] {
  const position = new Map(indicators.map(({ id }, index) => [id, index]));
  const place = ({ indicator }: Finding) =>
    indicator === undefined ? -1 : (position.get(indicator) ?? indicators.length);
  return findings
    .map((finding) => ({
      ...finding,
      ...(finding.found === undefined ? {} : { found: finding.found.slice(0, 200).toWellFormed() }),
      message: finding.message.slice(0, 600).toWellFormed(),
    }))
    .sort((a, b) => bySeverity(a, b) || place(a) - place(b));
}
