import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { isEvent } from '../../../../shared/core/ledger/event.ts';
import {
  heldBecause,
  isCurrent,
  isUploadedBy,
  isUploadOf,
  newestVersion,
  type RevisionState,
} from '../../../../shared/core/year/revision.ts';
import { foldYear, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, recorded } from '../small-year.ts';
import {
  catalogue,
  explained,
  figures,
  first,
  idOf,
  issued,
  january,
  period,
  published,
  second,
} from './january.ts';

/** The bytes of an upload once more, from somebody else. */
function again(of: typeof first, uploader: string): typeof first {
  const upload = {
    ...of.upload,
    uploader,
    key: 'uploads/again.xlsx',
    uploadedAt: '2023-02-01T09:00:00.000Z' as const,
  };
  return { ...of, upload };
}
const versions = (...happenings: Parameters<typeof january>[0]) => january(happenings).revisions;

describe('a version that was sent twice', () => {
  const repeated = again(first, '李四');
  const [version] = [() => versions(first, repeated)[0]!];

  it('is made by either upload, and by no other', () => {
    expect([first, repeated, second].map((each) => isUploadOf(version(), idOf(each)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(version().repeats).toEqual([{ id: idOf(repeated), upload: repeated.upload }]);
  });

  it('is uploaded by whoever sent it either time', () => {
    expect(['经办人', '李四', '王五'].map((name) => isUploadedBy(version(), name))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is another version where something came in between, or it was read by another catalogue', () => {
    expect(
      versions(
        first,
        { ...second, upload: { ...second.upload, uploadedAt: '2023-02-01T05:00:00.000Z' } },
        repeated,
      ),
    ).toHaveLength(3);
  });

  it('was handed in when it came first, or was handed in on paper before that', () => {
    expect(version().handedIn).toEqual({ uploadedAt: first.upload.uploadedAt, claimedAt: null });
    const claimedAt = '2023-01-31T01:00:00.000Z' as const;
    const onPaper = { ...repeated, upload: { ...repeated.upload, claimedAt } };
    expect(versions(first, onPaper)[0]?.handedIn).toEqual({
      uploadedAt: onPaper.upload.uploadedAt,
      claimedAt,
    });
  });

  it('needs no explanation where its file has one, and says no words where it has none', () => {
    const noted = accepted('jia', period, figures('1'), {
      name: 'noted',
      at: '2023-02-01T01:00:00.000Z',
      note: '表内说明',
    });
    expect(versions(noted, explained(idOf(noted), '后说'))[0]).toMatchObject({
      reason: '表内说明',
      explanation: undefined,
      narratives: [],
    });
  });

  it('is explained by the last of what was said, whichever upload that is of', () => {
    const events = recorded(catalogue, [
      adoption(catalogue),
      first,
      repeated,
      explained(idOf(first), '后说'),
      explained(idOf(repeated), '先说'),
    ]);
    const later = events.map((event) =>
      isEvent(event, 'correction-explained') && event.happening.reason === '后说'
        ? { ...event, at: '2024-07-01T00:00:00.000Z' as const }
        : event,
    );
    const state = foldYear(adoptedAlone(catalogue), later);
    expect(returnOf(state, { department: 'jia', period })?.revisions[0]?.reason).toBe('后说');
  });

  it('is explained by what was last said of either upload', () => {
    const [one] = versions(
      first,
      repeated,
      explained(idOf(first), '先说'),
      explained(idOf(repeated), '后说'),
    );
    expect(one).toMatchObject({ reason: '后说', explanation: { reason: '后说' } });
    expect(versions(first)[0]).toMatchObject({ reason: '', explanation: undefined });
  });
});

describe('the version that a department goes on from', () => {
  const states: RevisionState[] = [
    { kind: 'counting' },
    { kind: 'held', because: ['after-cut-off'] },
    { kind: 'superseded' },
    { kind: 'declined' },
  ];

  it('counts or waits', () => {
    expect(states.map((state) => isCurrent({ state }))).toEqual([true, true, false, false]);
    expect(states.map((state) => heldBecause({ state }))).toEqual([[], ['after-cut-off'], [], []]);
  });

  it('is the newest of those', () => {
    const corrects = january([first, published(1, idOf(first)), issued(1), second]);
    expect(newestVersion(corrects)?.number).toBe(2);
    expect(newestVersion(january([first, second]))?.number).toBe(2);
    expect(
      newestVersion({
        revisions: corrects.revisions.map((one) => ({ ...one, state: { kind: 'declined' } })),
      }),
    ).toBeUndefined();
  });
});
