import { describe, expect, it } from 'vitest';
import { adoptedCatalogues } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { EventOf, Payload } from '../../../../shared/core/ledger/event.ts';
import { agreementAsked, agreementsIn, lastAgreement } from '../../../../shared/core/year/agreements.ts';
import { returnOf } from '../../../../shared/core/year/year-state.ts';
import { catalogueFile, indicator, recorded, recordedAt, stateOf } from '../small-year.ts';
import { first, idOf, issued, period, published, second, standings } from './january.ts';

const file = catalogueFile({ indicators: [indicator('a'), indicator('b', 'flow', { required: false })] });
const plain = catalogueSchema.parse(file);
const reviewed = catalogueSchema.parse({ ...file, signing: { agreement: true } });
const about = { department: 'jia', period } as const;
const agreed = (of: typeof first): Payload => ({ kind: 'return-agreed', ...about, upload: idOf(of) });
const disagreed = (of: typeof first): Payload => ({
  kind: 'return-disagreed',
  ...about,
  upload: idOf(of),
  reason: '少一件',
});
const became = (happenings: Payload[], catalogue = reviewed) =>
  standings(returnOf(stateOf(catalogue, happenings), about)!);

/** Who records in these chains. */
const recorder = '系统';
const waits = 'awaits-agreement';

describe('a version that the department’s reviewer has to agree to', () => {
  it.each<[string, Payload[], [number, string, string][]]>([
    ['waits', [first], [[1, 'held', waits]]],
    ['counts when somebody agreed', [first, agreed(first)], [[1, 'counting', '']]],
    ['waits on when somebody disagreed', [first, disagreed(first)], [[1, 'held', waits]]],
    [
      'counts when somebody disagreed and then agreed',
      [first, disagreed(first), agreed(first)],
      [[1, 'counting', '']],
    ],
    [
      'lets the one before it count meanwhile',
      [first, agreed(first), second],
      [
        [1, 'counting', ''],
        [2, 'held', waits],
      ],
    ],
    [
      'takes the place of the one before it when somebody agreed',
      [first, agreed(first), second, agreed(second)],
      [
        [1, 'superseded', ''],
        [2, 'counting', ''],
      ],
    ],
    [
      'waits for all that it waits for at once',
      [first, agreed(first), published(1, idOf(first)), issued(1), second],
      [
        [1, 'counting', ''],
        [2, 'held', `changes-issued+${waits}`],
      ],
    ],
  ])('%s', (_, happenings, expected) => {
    expect(became(happenings)).toEqual(expected);
  });

  it('needs nobody where the catalogue asks for nobody', () => {
    expect(became([first, disagreed(first)], plain)).toEqual([[1, 'counting', '']]);
  });

  it('is not agreed to by whoever uploaded it, whatever the ledger says', () => {
    const own = { ...first, upload: { ...first.upload, uploader: recorder } };
    expect(became([own, agreed(own)])).toEqual([[1, 'held', waits]]);
  });

  it('stays agreed to when whoever agreed sends the same file again afterwards', () => {
    const upload = { ...first.upload, uploader: recorder, uploadedAt: '2023-12-02T01:00:00.000Z' };
    expect(became([first, agreed(first), { ...first, upload } as typeof first])).toEqual([
      [1, 'counting', ''],
    ]);
  });
});

describe('what reviewers decided', () => {
  it('is told in order, with its reason where one was asked for, among all that happened', () => {
    const about = { department: 'jia', period, upload: idOf(first) };
    const act = { by: recorder, at: recordedAt };
    expect(agreementsIn(recorded(plain, [first, agreed(first), issued(1), disagreed(first)]))).toEqual([
      { ...about, said: { ...act, kind: 'agreed', reason: '' } },
      { ...about, said: { ...act, kind: 'disagreed', reason: '少一件' } },
    ]);
  });

  const [morning, noon, evening] = [
    '2023-02-01T01:00:00.000Z',
    '2023-02-01T04:00:00.000Z',
    '2023-02-01T12:00:00.000Z',
  ] as const;
  const uploads = [
    { id: idOf(first), upload: { uploader: '张三', uploadedAt: morning } },
    { id: idOf(second), upload: { uploader: '李四', uploadedAt: noon } },
  ];

  it.each([
    ['of somebody who uploaded nothing is heard', '王五', evening, idOf(first), true],
    ['of the file that was sent again is heard too', '王五', evening, idOf(second), true],
    ['of whoever uploaded it is not', '张三', evening, idOf(second), false],
    ['of whoever sent it again is not', '李四', evening, idOf(first), false],
    ['of whoever sent it again only later is heard', '李四', morning, idOf(first), true],
    ['of whoever sent it in that moment is not', '李四', noon, idOf(first), false],
  ] as const)('%s', (_, by, at, upload, isHeard) => {
    const said = { kind: 'agreed', by, at, reason: '' } as const;
    expect(lastAgreement(uploads, [{ ...about, upload, said }])).toEqual(isHeard ? said : undefined);
  });

  it('of another version is not heard', () => {
    const said = { kind: 'agreed', by: '王五', at: evening, reason: '' } as const;
    expect(lastAgreement(uploads.slice(0, 1), [{ ...about, upload: idOf(second), said }])).toBeUndefined();
  });
});

describe('whether agreement is asked for', () => {
  const adoption = (catalogue: typeof plain, at: string) =>
    ({ at, happening: { catalogue: catalogueHash(catalogue) } }) as EventOf<'catalogue-adopted'>;
  const at = { before: '2023-01-10T00:00:00.000Z', between: '2023-03-10T00:00:00.000Z' } as const;
  const asked = (...catalogues: (typeof plain)[]) => {
    const adoptions = catalogues.map((catalogue, index) =>
      adoption(catalogue, `2023-0${1 + 2 * index}-01T00:00:00.000Z`),
    );
    const adopted = adoptedCatalogues(
      catalogues.map((catalogue) => ({ catalogue, hash: catalogueHash(catalogue), conversions: [] })),
    )!;
    const is = agreementAsked(adopted, adoptions);
    return [is('2022-12-01T00:00:00.000Z'), is(at.before), is(at.between)];
  };

  it.each([
    ['of all where it always was', [reviewed], [true, true, true]],
    ['of nothing where it never was', [plain], [false, false, false]],
    [
      'of what came since: nothing that counts is held by a later catalogue',
      [plain, reviewed],
      [false, false, true],
    ],
    ['of nothing any more where a later catalogue gave it up', [reviewed, plain], [false, false, false]],
  ])('%s', (_, catalogues, expected) => {
    expect(asked(...catalogues)).toEqual(expected);
  });

  it('begins with the very moment of an adoption, and is as now where no adoption is known', () => {
    const hashed = [plain, reviewed].map((catalogue) => ({
      catalogue,
      hash: catalogueHash(catalogue),
      conversions: [],
    }));
    const adoptions = [adoption(plain, '2023-01-01T00:00:00.000Z'), adoption(reviewed, at.between)];
    expect(agreementAsked(adoptedCatalogues(hashed)!, adoptions)(at.between)).toBe(true);
    expect(agreementAsked(adoptedCatalogues(hashed)!, [])(at.before)).toBe(true);
  });
});
