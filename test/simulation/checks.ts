import { isDeepStrictEqual } from 'node:util';
import { readPublication } from '../../functions/use-cases/stores/publication-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { Total } from '../../shared/core/totals/total.ts';
import { annualTotals } from '../../shared/core/totals/totals.ts';
import { foldYear, type LastYear } from '../../shared/core/year/year-state.ts';
import { composePublication } from '../../shared/publication/compose.ts';
import { uploadOfStep } from './actors.ts';
import { adoptedIn, inForceAfter } from './adoptions.ts';
import { answerProblems } from './answer-checks.ts';
import { endOf } from './asked.ts';
import { comparisonProblems, lastYearAsCited, ownChains, periodProblems } from './comparison-checks.ts';
import { lastYearProblems } from './last-year-checks.ts';
import { type ModelTotal, type ModelYear, modelYear } from './model.ts';
import type { ModelUpload } from './model-figures.ts';
import { countedAfter, type Fact } from './model-returns.ts';
import type { Aftermath } from './simulation.ts';
import { remarksIn, typedIn } from './small-city.ts';
import { storeProblems } from './store-checks.ts';
import { textProblems } from './text-checks.ts';

/** Everything that is not as it must be after a history; empty if all is well. */
export async function problemsOf(aftermath: Aftermath): Promise<string[]> {
  const { catalogue, ports } = aftermath;
  const all = [...ownChains(aftermath).values()].flat();
  const uploads = modelUploads(aftermath);
  const office = factsOf(ports.events.get(`${catalogue.year}/office`) ?? []);
  const model = modelYear(inForceAfter(office, catalogue), uploads, office);
  return [
    ...uploadProblems(aftermath, uploads),
    ...aftermath.told
      .filter((event) => !all.some(({ hash }) => hash === event.hash))
      .map(({ chain, sequence }) => `event ${sequence} of ${chain} was told of and is not there`),
    ...stateProblems(all, model),
    ...(await publicationProblems(aftermath, uploads, model)),
    ...(await storeProblems(aftermath)),
  ];
}

function factsOf(events: readonly LedgerEvent[]): Fact[] {
  return events.map(({ happening, hash: id, at, by }) => ({ ...happening, id, at, by }));
}

function modelUploads({ steps }: Aftermath): ModelUpload[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'upload') return [];
    const { department = '', period = '', set, version, note, tooLarge } = step;
    const { upload } = uploadOfStep(step);
    const { key, uploadedAt, claimedAt, uploader, sha256 } = upload;
    const figures = tooLarge ? undefined : typedIn({ set, version, department, period, note });
    return [
      {
        ...{ id: uploadId(upload), department, period, key, version: upload.version },
        ...{ uploadedAt, claimedAt, uploader },
        ...{ bytes: sha256, form: version, figures, note },
        remarks: remarksIn({ set, version, department, period, note }),
      },
    ];
  });
}

/** Every upload ended in accepted or refused exactly once, as what it is, where it belongs, with feedback. */
function uploadProblems(aftermath: Aftermath, uploads: ModelUpload[]): string[] {
  const { ports, catalogue } = aftermath;
  const recorded = [...ownChains(aftermath)].flatMap(([chain, events]) =>
    events
      .filter((event) => isEvent(event, 'return-accepted') || isEvent(event, 'return-refused'))
      .map(({ happening }) => ({ chain, happening, id: uploadId(happening.upload) })),
  );
  const expected = uploads.flatMap((upload) => {
    const own = recorded.filter(({ id }) => id === upload.id);
    const [first] = own;
    if (first === undefined || own.length > 1) return [`${upload.key}: recorded ${own.length} times`];
    const known = catalogue.periods.some(({ period }) => period === upload.period);
    const { to } = catalogue.departments.find(({ id }) => id === upload.department) ?? { to: '' };
    const owner =
      known && !(to !== undefined && endOf(upload.period!) > to) ? upload.department : 'unaddressed';
    const kind = upload.figures === undefined ? 'return-refused' : 'return-accepted';
    const right =
      first.chain === `${catalogue.year}/${owner}` &&
      first.happening.kind === kind &&
      first.happening.upload.uploadedAt === upload.uploadedAt;
    const { department, period } = first.happening;
    const end = `/${upload.id}/feedback.json`;
    const receipt = `feedback/${department ?? '*'}/${period ?? '*'}${end}`;
    const folder = [...ports.files.keys()].filter((key) =>
      department === null ? key.endsWith(end) : key === receipt,
    );
    return [
      ...(right ? [] : [`${upload.key}: recorded as ${JSON.stringify(first)}`]),
      ...(folder.length === 1 ? [] : [`${receipt}: is not there`]),
    ];
  });
  const unknown = recorded.filter(({ id }) => uploads.every((upload) => upload.id !== id));
  return [...expected, ...unknown.map(({ chain }) => `${chain}: records an upload that nobody made`)];
}

/** The state that the program folds is the model's. */
function stateProblems(events: LedgerEvent[], model: ModelYear): string[] {
  const state = foldYear(adoptedIn(events), events);
  const problems = state.returns.flatMap(
    ({ department, period, revisions, refusals, counting, questions }) => {
      const expected = model.returns.get(`${department.id} ${period}`);
      const accepted = revisions.map(({ id, state }) => [
        id,
        state.kind === 'held' ? state.because.join('+') : state.kind,
      ]);
      const refused = refusals.map(({ id }) => id).sort();
      const same =
        expected !== undefined &&
        isDeepStrictEqual(accepted, [...expected.accepted]) &&
        isDeepStrictEqual(refused, expected.refused) &&
        isDeepStrictEqual(
          questions.map(({ id, stage }) => `${id} ${stage}`),
          expected.questions,
        ) &&
        counting?.id === expected.counting?.id &&
        counting?.scans.at(-1)?.sha256 === expected.scan;
      return same
        ? []
        : [`${department.id} ${period}: ${accepted.join(' ')} but ${said(expected?.accepted)}`];
    },
  );
  const unaddressed = state.unaddressed.map(({ id }) => id).sort();
  return [
    ...problems,
    ...(state.returns.length === model.returns.size ? [] : ['other returns are expected']),
    ...(isDeepStrictEqual(unaddressed, model.unaddressed) ? [] : ['other uploads are unaddressed']),
    ...totalProblems('the state', annualTotals(state), model.totals),
  ];
}

function said(standings: Map<string, string> | undefined): string {
  return [...(standings ?? [])].join(' ');
}

function totalProblems(where: string, totals: Total[], expected: Record<string, ModelTotal>): string[] {
  return totals.flatMap(({ indicator, value, status, byDepartment, coverage }) => {
    const model = expected[indicator]!;
    const own = Object.fromEntries(byDepartment.map((each) => [each.department, each.value]));
    const problems: string[] = [];
    if (value !== model.value) problems.push(`${where}: ${indicator} is ${value}, must be ${model.value}`);
    if (!isDeepStrictEqual(own, model.byDepartment)) {
      problems.push(`${where}: ${indicator} of departments ${JSON.stringify([own, model.byDepartment])}`);
    }
    const complete = coverage.missing.length === 0;
    if (complete !== model.final || (status === 'final' && !model.final)) {
      problems.push(`${where}: ${indicator} is ${status}, complete must be ${model.final}`);
    }
    return problems;
  });
}

/** Each publication says what the model makes of the ledger at its heads, and can be made again from there. */
async function publicationProblems(
  aftermath: Aftermath,
  uploads: ModelUpload[],
  model: ModelYear,
): Promise<string[]> {
  const { catalogue, ports } = aftermath;
  const published = [...ownChains(aftermath).values()].flat().filter((event) => isEvent(event, 'published'));
  const problems: string[] = [];
  const summaries = new Map<number, Publication>();
  let before: Published | undefined;
  for (const event of published) {
    const { number, digest } = event.happening;
    const where = `publication ${number}`;
    const summary = await readPublication({ year: catalogue.year, number }, ports.documents);
    if (summary === undefined) return [...problems, `${where}: is not there`];
    const lastYear = lastYearAsCited(summary, aftermath);
    summaries.set(number, summary);
    const prefix = summary.chains.flatMap(({ chain, length }) =>
      (ports.events.get(chain) ?? []).slice(0, length),
    );
    if (digest !== summary.digest) problems.push(`${where}: has another digest than the ledger says`);
    const anew = remade(summary, prefix, { lastYear, previous: summaries.get(summary.changes.since ?? 0) });
    if (!isDeepStrictEqual(anew, summary)) {
      problems.push(`${where}: cannot be made again from the ledger at its heads`);
    }
    const upTo = published.filter(({ happening }) => happening.number <= number);
    const now = { event, summary, counted: countedAfter(upTo.map(({ happening }) => happening)) };
    problems.push(...contentProblems(where, { ...now, prefix }, { catalogue, uploads }));
    problems.push(...orderProblems(where, now, before, uploads));
    before = now;
  }
  if (before === undefined) return [...problems, 'nothing was published'];
  return [
    ...problems,
    ...comparisonProblems(before.summary, aftermath, model),
    ...lastYearProblems(before.summary, aftermath),
    ...periodProblems(before.summary, model),
    ...totalProblems('the last publication', before.summary.totals, model.totals),
  ];
}

function remade(
  { number, publishedAt, publishedBy, software, chains }: Publication,
  prefix: LedgerEvent[],
  { lastYear, previous }: { lastYear: LastYear | undefined; previous: Publication | undefined },
): Publication {
  const context = { number, publishedAt, publishedBy, software, chains, previous };
  return composePublication(foldYear(adoptedIn(prefix), prefix, lastYear), context);
}

interface Published {
  event: EventOf<'published'>;
  summary: Publication;
  /** What it counted, by `department period`. */
  counted: Map<string, string>;
}

function contentProblems(
  where: string,
  { summary, counted: said, prefix }: Published & { prefix: LedgerEvent[] },
  { catalogue, uploads }: Pick<Aftermath, 'catalogue'> & { uploads: ModelUpload[] },
): string[] {
  const recorded = new Set<string>(
    prefix.map(({ happening }) =>
      'upload' in happening && typeof happening.upload !== 'string' ? uploadId(happening.upload) : '',
    ),
  );
  const office = factsOf(prefix.filter(({ chain }) => chain.endsWith('/office')));
  const then = modelYear(
    inForceAfter(office, catalogue),
    uploads.filter(({ id }) => recorded.has(id)),
    office,
  );
  const counted = new Map(
    [...then.returns].flatMap(([key, { counting }]) => (counting ? [[key, counting.id] as const] : [])),
  );
  return [
    ...(isDeepStrictEqual(said, counted) ? [] : [`${where}: counts other uploads`]),
    ...summary.returns
      .filter(({ department, period, standing }) => {
        const came = then.returns.get(`${department} ${period}`)?.standing;
        return standingAt(came, period, summary, inForceAfter(office, catalogue).catalogue) !== standing;
      })
      .map(({ department, period, standing }) => `${where}: ${department} ${period} stands as ${standing}`),
    ...totalProblems(where, summary.totals, then.totals),
    ...textProblems(where, summary, then),
    ...answerProblems(where, summary, { model: then, office }),
  ];
}

/** What has not come is not due while its period lasts: to the city's midnight after its own last day, or its month. */
function standingAt(came: string | undefined, period: Period, { publishedAt }: Publication, city: Catalogue) {
  const [year, month] = endOf(period).split('-').map(Number) as [number, number];
  const own = city.periods.find((each) => each.period === period)?.ends;
  const midnight = own === undefined ? Date.UTC(year, month) : Date.parse(own) + 86_400_000;
  const isOver = Date.parse(publishedAt) >= midnight - 8 * 3_600_000;
  return came === 'not-reported' && !isOver ? 'not-due' : came;
}

/** No publication goes back behind the one before: neither its heads nor what it counts. */
function orderProblems(
  where: string,
  now: Published,
  before: Published | undefined,
  uploads: ModelUpload[],
): string[] {
  if (before === undefined) return [];
  const uploadOf = (id: string | undefined) => uploads.find((candidate) => candidate.id === id);
  const place = (upload: ModelUpload | undefined) =>
    upload === undefined ? '' : `${upload.uploadedAt} ${upload.key} ${upload.version ?? ''}`;
  const after = new Map(now.summary.chains.map(({ chain, length }) => [chain, length]));
  const cited = ({ summary }: Published) => (summary.comparedWith as { number?: number })?.number ?? 0;
  return [
    ...(now.event.happening.number > before.event.happening.number
      ? []
      : [`${where}: its number is no higher`]),
    ...(cited(now) >= cited(before) ? [] : [`${where}: is compared with less than the one before`]),
    ...before.summary.chains
      .filter(({ chain, length }) => (after.get(chain) ?? 0) < length)
      .map(({ chain }) => `${where}: was made from less of ${chain} than the one before`),
    ...[...before.counted].flatMap(([at, id]) => {
      const [later, earlier] = [now.counted.get(at), id].map(uploadOf);
      const isSameFile = later?.bytes === earlier?.bytes;
      // What was sent back counts no more, nor does anything before it: that the totals tell.
      return later !== undefined && !isSameFile && place(later) < place(earlier)
        ? [`${where}: an older upload won over ${at} ${id}`]
        : [];
    }),
  ];
}
