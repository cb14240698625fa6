import { type Catalogue, indicatorsOnForm } from '../catalogue/catalogue.ts';
import type { ReportedIndicator, SumIndicator } from '../catalogue/indicator.ts';
import { narrativesOnForm } from '../catalogue/narratives.ts';
import { outcomeOf, rulesFor, type SideSaid, sumSaid } from '../catalogue/rules.ts';
import { type Known, sumsOnForm } from '../catalogue/sums.ts';
import { cellOf, indicatorsOf } from '../catalogue/tables.ts';
import type { ReturnKey } from './address.ts';
import { quoted } from './content.ts';
import { readFigure } from './figure.ts';
import { bySeverity, type Finding, hasErrors } from './finding.ts';
import { ruleBroken, say, sumDiffers } from './findings/findings.ts';
import { readItems, readList } from './list.ts';
import { type NarrativeSaid, readNarratives } from './narrative.ts';
import {
  maxNoteLength,
  maxSignatureLength,
  type Observation,
  type Signature,
  signatureWords,
} from './observation.ts';
import { type RemarkSaid, readRemarks } from './remark.ts';
import type { Entry, Submission } from './submission.ts';
import { observeTables } from './table-cells.ts';

/** A return as it will be recorded: accepted exactly if no finding is an error. */
export interface ValidatedReturn {
  observations: Observation[];
  narratives: NarrativeSaid[];
  remarks: RemarkSaid[];
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
  const { figures, narratives } = submission;
  const unread = figures.size === 0 && narratives.size === 0 && hasErrors(findings);
  const order = [...indicatorsOf(catalogue), ...catalogue.narratives];
  if (unread) {
    return { observations, narratives: [], remarks: [], signature, findings: ordered(findings, order) };
  }
  const tables = observeTables(indicators, catalogue, submission, spoiled);
  findings.push(...tables.findings);
  for (const indicator of indicators) {
    if (spoiled.has(indicator.id) || cellOf(catalogue, indicator.id) !== undefined) continue;
    const observed = observe(indicator, submission);
    findings.push(...observed.findings);
    if (observed.observation !== undefined) observations.push(observed.observation);
  }
  observations.push(...tables.observations);
  const numberOf = knownIn(observations);
  for (const sum of sumsOnForm(catalogue, department, period)) {
    findings.push(...sumFindings(sum, submission.figures.get(sum.id), sumSaid(sum, catalogue, numberOf)));
  }
  findings.push(...periodRuleFindings({ department, period }, catalogue, submission, numberOf));
  const written = readNarratives(
    narrativesOnForm(catalogue, { department, period }).filter(({ id }) => !spoiled.has(id)),
    submission,
  );
  const { said: remarks, findings: remarkFindings } = readRemarks(submission);
  findings.push(...written.findings, ...remarkFindings, ...signatureFindings);
  return {
    ...{ observations, narratives: written.said, remarks, signature },
    findings: ordered(findings, order),
  };
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

/**
 * What is to be said of the cell of a sum, which the form computes. The form's formula says nothing that the parts do not
 * say; what somebody put in its place must be what they come to.
 */
function sumFindings(sum: SumIndicator, entry: Entry | undefined, said: SideSaid | undefined): Finding[] {
  if (entry === undefined || entry.computed || entry.content.kind === 'blank') return [];
  const about = { place: entry.place, indicator: sum.id };
  const { reading } = readFigure(asTyped(sum), entry);
  if (reading?.status !== 'reported') return [{ ...say('sum-not-read', quoted(entry.content)), ...about }];
  const isSame = said === undefined || said.value === reading.value;
  return isSame ? [] : [{ ...sumDiffers(sum, reading.value, said), ...about }];
}

/** A sum as an indicator of which any number may be typed. */
function asTyped({ parts: _parts, ...sum }: SumIndicator): ReportedIndicator {
  return {
    ...sum,
    kind: 'flow',
    overTime: 'sum',
    overDepartments: 'sum',
    reporters: 'all',
    required: false,
    notApplicable: false,
    frequency: 'month',
    range: { min: '-999999999999999' as SideSaid['value'] },
    alsoIn: [],
  };
}

/** What is known of each indicator that was asked for: a blank is known, what could not be read is not. */
function knownIn(observations: readonly Observation[]): (id: string) => Known {
  const byIndicator = new Map(observations.map((observation) => [observation.indicator, observation]));
  return (id) => {
    const observation = byIndicator.get(id);
    if (observation === undefined) return undefined;
    return observation.status === 'reported' ? observation.value : 'blank';
  };
}

/** The rules of the catalogue that the figures break by themselves, each said at the first indicator that it names. */
function periodRuleFindings(
  { department }: ReturnKey,
  catalogue: Catalogue,
  { figures }: Submission,
  numberOf: (id: string) => Known,
): Finding[] {
  return rulesFor(catalogue, department, 'refusal').flatMap((each): Finding[] => {
    const outcome = outcomeOf(each, catalogue, numberOf);
    if (outcome.kind !== 'broken') return [];
    const [first] = each.indicators;
    const place = figures.get(first.id)?.place;
    return [
      { ...ruleBroken(each.rule, outcome), ...(place === undefined ? {} : { place }), indicator: first.id },
    ];
  });
}

function readSignature(typed: Submission['signature']): { signature: Signature; findings: Finding[] } {
  const findings: Finding[] = [];
  const missing = [
    ...(typed.preparer.trim() === '' ? [signatureWords.preparer] : []),
    ...(typed.reviewer.trim() === '' ? [signatureWords.reviewer] : []),
  ];
  if (missing.length > 0) findings.push(say('signature-missing', missing));
  const noteLength = typed.correctionNote.trim().length;
  if (noteLength > maxNoteLength) findings.push(say('correction-note-too-long', noteLength, maxNoteLength));
  const cut = (text: string, length: number) => text.toWellFormed().trim().slice(0, length).toWellFormed();
  return {
    signature: {
      head: cut(typed.head, maxSignatureLength),
      preparer: cut(typed.preparer, maxSignatureLength),
      reviewer: cut(typed.reviewer, maxSignatureLength),
      telephone: cut(typed.telephone, maxSignatureLength),
      date: cut(typed.date, maxSignatureLength),
      correctionNote: cut(typed.correctionNote, maxNoteLength),
    },
    findings,
  };
}

/** Worst first; then what concerns the whole file, then as the form runs. */
function ordered(findings: Finding[], asked: readonly { id: string }[]): Finding[] {
  const position = new Map(asked.map(({ id }, index) => [id, index]));
  const place = ({ indicator }: Finding) =>
    indicator === undefined ? -1 : (position.get(indicator) ?? asked.length);
  return findings
    .map((finding) => ({
      ...finding,
      ...(finding.found === undefined ? {} : { found: finding.found.slice(0, 200).toWellFormed() }),
      message: finding.message.slice(0, 600).toWellFormed(),
    }))
    .sort((a, b) => bySeverity(a, b) || place(a) - place(b));
}
