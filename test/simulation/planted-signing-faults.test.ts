import { afterEach, describe, expect, it, vi } from 'vitest';
import { problemLike } from './planted.ts';

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock('../../shared/core/year/agreements.ts');
    vi.doUnmock('../../shared/core/year/revisions.ts');
    vi.doUnmock('../../shared/core/year/scans.ts');
    vi.resetModules();
  });

  it('a fold that overlooks who agreed', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/agreements.ts', async (actual) => ({
      ...(await actual<object>()),
      agreementsIn: () => [],
    }));
    expect(await problemLike(/awaits-agreement but/, { from: 27 })).toBeDefined();
  });

  it('a version that counts although nobody agreed', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/agreements.ts', async (actual) => ({
      ...(await actual<object>()),
      agreementAsked: () => () => false,
    }));
    expect(await problemLike(/but .*awaits-agreement/, { from: 27 })).toBeDefined();
  });

  it('a later catalogue that holds what counted before it', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/agreements.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/agreements.ts')>();
      const agreementAsked: typeof core.agreementAsked =
        ({ inForce }) =>
        () =>
          inForce.catalogue.signing.agreement;
      return { ...core, agreementAsked };
    });
    expect(await problemLike(/awaits-agreement but/, { from: 62 })).toBeDefined();
  });

  it('a version that its own uploader agrees to', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/revision.ts', async (actual) => ({
      ...(await actual<object>()),
      isUploadedBy: () => false,
    }));
    vi.doMock('../../shared/core/year/agreements.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/agreements.ts')>();
      const lastAgreement: typeof core.lastAgreement = (uploads, agreements) =>
        core.lastAgreement(
          uploads.map((each) => ({ ...each, upload: { ...each.upload, uploader: '' } })),
          agreements,
        );
      return { ...core, lastAgreement };
    });
    expect(await problemLike(/but .*awaits-agreement/, { from: 45 })).toBeDefined();
  });

  it('a scan that an earlier one takes the place of', async () => {
    vi.resetModules();
    vi.doMock('../../shared/core/year/scans.ts', async (actual) => {
      const core = await actual<typeof import('../../shared/core/year/scans.ts')>();
      const scansIn: typeof core.scansIn = (events) => core.scansIn(events).toReversed();
      return { ...core, scansIn };
    });
    expect(await problemLike(/counting/)).toBeDefined();
  });
});
