import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { inPage } from './in-page.js';
import { expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, takePictures } from './look.js';
import type { BrowserStage } from './stage.js';
import { watch, type Watch } from './watch.js';

const FIRST_PAINT_LIMIT = 100 * 1024;

export interface BrowserOptions {
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
  readonly locale?: string;
}

/** A browser of a patient's own: its cookies, one page, and everything that page does under watch. */
export class PatientBrowser {
  private constructor(
    readonly page: Page,
    readonly site: string,
    private readonly context: BrowserContext,
    private readonly watched: Watch,
    private readonly hasScript: boolean,
    private readonly hosts: readonly string[],
  ) {}

  static async open(
    { browser, world }: BrowserStage,
    { width = 360, javaScriptEnabled = true, locale = 'en-US' }: BrowserOptions = {},
  ): Promise<PatientBrowser> {
    const context = await browser.newContext({
      viewport: { width, height: 780 },
      locale,
      reducedMotion: 'reduce',
      colorScheme: 'light',
      javaScriptEnabled,
    });
    const site = world.config.SITE_URL;
    const hosts = [site, world.sandbox.url].map((url) => new URL(url).host);
    return PatientBrowser.tabOf(context, site, hosts, javaScriptEnabled);
  }

  private static async tabOf(
    context: BrowserContext,
    site: string,
    hosts: readonly string[],
    hasScript: boolean,
  ): Promise<PatientBrowser> {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const watched = await watch(page, await context.newCDPSession(page), hosts);
    return new PatientBrowser(page, site, context, watched, hasScript, hosts);
  }

  /** Another page of the same browser: its cookies are the same. */
  async secondTab(): Promise<PatientBrowser> {
    return PatientBrowser.tabOf(this.context, this.site, this.hosts, this.hasScript);
  }

  async close(): Promise<void> {
    await this.context.close();
    expect(this.watched.faults).toEqual([]);
  }

  /** Opens an address of the site, or a whole one. */
  async goTo(address: string): Promise<void> {
    await this.page.goto(new URL(address, this.site).toString());
  }

  /** Waits until these words are on the page, which moves on by itself, or by its link where nothing can. */
  async reads(words: string | RegExp): Promise<void> {
    const wanted = this.page.getByText(words).first();
    if (this.hasScript) return wanted.waitFor();
    const again = this.page.getByRole('link', { name: 'Look again' });
    await until(`the page says ${String(words)}`, async () => {
      if (await wanted.isVisible()) return true;
      if (await again.isVisible()) await again.click();
      return false;
    });
  }

  /** Looks closely at the page as it stands; `state` names its pictures. */
  async look(state: string): Promise<void> {
    await this.page.waitForLoadState('load');
    expect(this.watched.transferred(), `bytes of ${state}`).toBeLessThan(FIRST_PAINT_LIMIT);
    await expectNoSidewaysScroll(this.page, state);
    expect(this.watched.faults).toEqual([]);
    if (!this.hasScript) return;
    await this.page.evaluate(inPage.putAside);
    await expectNoLayoutShift(this.page, state);
    await expectAccessible(this.page, state);
    await takePictures(this.page, state);
    await this.page.evaluate(inPage.takeUp);
  }
}
