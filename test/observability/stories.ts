import type { Series, Story } from './promtool.js';

const series = (name: string, values: string): Series => ({ series: name, values });
const WELL = '1x180';
const OFF = '0x180';
const condition = (name: string, severity: string, values: string) =>
  series(`wearable_exchange_condition{condition="${name}",severity="${severity}"}`, values);
const answers = (le: string, values: string) =>
  series(`wearable_exchange_upstream_request_seconds_bucket{le="${le}",operation="samples"}`, values);
const waits = (le: string, values: string) =>
  series(`temporal_workflow_task_schedule_to_start_latency_bucket{le="${le}"}`, values);
const requests = (status: string, values: string) =>
  series(`wearable_exchange_http_requests_total{method="GET",route="/ow/",status="${status}"}`, values);

/** What Prometheus has of an installation that is well, for three hours. */
const sound: readonly Series[] = [
  series('up{job="wearable-exchange-api",instance="api"}', WELL),
  series('up{job="wearable-exchange-worker",instance="worker"}', WELL),
  series('wearable_exchange_looked_at_seconds', '0+60x180'),
  condition('key-wrong', 'bad', OFF),
  condition('dead-letters-open', 'warn', OFF),
  condition('reading-off', 'warn', OFF),
  condition('ow-down', 'busy', OFF),
  series('wearable_exchange_poll_age_seconds', '400x180'),
  series('wearable_exchange_cursor_lag_seconds', '3000x180'),
  series('wearable_exchange_upstream_failures_total{kind="TimedOut"}', '0+0.1x180'),
  series('wearable_exchange_upstream_request_seconds_count{operation="samples"}', '0+60x180'),
  answers('0.1', '0+50x180'),
  answers('5', '0+59x180'),
  answers('10', '0+60x180'),
  answers('+Inf', '0+60x180'),
  series('wearable_exchange_schedule_skips_total{schedule="poll",reason="overlap"}', '7x180'),
  series('wearable_exchange_activity_seconds_count{activity="planPoll",outcome="completed"}', '0+1x180'),
  series('wearable_exchange_activity_seconds_count{activity="planPoll",outcome="failed"}', '0+0.1x180'),
  waits('0.1', '0+9x180'),
  waits('60', '0+10x180'),
  waits('+Inf', '0+10x180'),
  requests('200', '0+30x180'),
  requests('500', '0+0.1x180'),
  series('wearable_exchange_sign_ins_total{outcome="refused"}', '0+0.5x180'),
  series('wearable_exchange_mails_total{kind="invitation",outcome="refused"}', '0x180'),
];

/** The sound installation, but for these series. */
function but(...others: readonly Series[]): readonly Series[] {
  const replaced = new Set(others.map((other) => other.series));
  return [...sound.filter((each) => !replaced.has(each.series)), ...others];
}

const prefix = 'WearableExchange';
const story = (name: string, at: string, fires: readonly string[], changed: readonly Series[]): Story => ({
  ...{ name, at, series: changed },
  fires: fires.map((alert) => prefix + alert),
});

/** Each alert on what it is for; each is exact: what fires, and that nothing else does. */
export const stories: readonly Story[] = [
  story('all is well', '3h', [], sound),
  story(
    'no API process is there',
    '5m',
    ['Down'],
    but(series('up{job="wearable-exchange-api",instance="api"}', '_x180')),
  ),
  story(
    'a worker does not answer',
    '10m',
    ['ProcessDown'],
    but(series('up{job="wearable-exchange-worker",instance="worker"}', OFF)),
  ),
  story('a condition that stays', '5m', ['ConditionBad'], but(condition('key-wrong', 'bad', WELL))),
  story(
    'a condition that heals before anybody is called',
    '3h',
    [],
    but(condition('key-wrong', 'bad', '0x10 1 1 0x160')),
  ),
  story(
    'a condition that waits for somebody',
    '40m',
    ['ConditionWaits'],
    but(condition('dead-letters-open', 'warn', WELL)),
  ),
  story(
    'a condition that has not healed by itself',
    '70m',
    ['ConditionLasts'],
    but(condition('ow-down', 'busy', WELL)),
  ),
  story('the same, after half an hour', '30m', [], but(condition('ow-down', 'busy', WELL))),
  story('nobody looks', '30m', ['NotLooking'], but(series('wearable_exchange_looked_at_seconds', '60x180'))),
  story(
    'no poll ends',
    '2h',
    ['PollsStopped'],
    but(series('wearable_exchange_poll_age_seconds', '60+60x180')),
  ),
  story(
    'no poll ends, since reading is turned off',
    '3h',
    ['ConditionWaits'],
    but(
      series('wearable_exchange_poll_age_seconds', '60+60x180'),
      series('wearable_exchange_cursor_lag_seconds', '30000x180'),
      condition('reading-off', 'warn', WELL),
    ),
  ),
  story(
    'somebody is not read',
    '30m',
    ['CursorLag'],
    but(series('wearable_exchange_cursor_lag_seconds', '21000+60x180')),
  ),
  story(
    'Open Wearables fails',
    '30m',
    ['UpstreamErrors'],
    but(series('wearable_exchange_upstream_failures_total{kind="ServerError"}', '0+20x180')),
  ),
  story('Open Wearables is slow', '40m', ['UpstreamSlow'], but(answers('5', '0+51x180'))),
  story(
    'polls overlap',
    '2h',
    ['PollsSkipped'],
    but(series('wearable_exchange_schedule_skips_total{schedule="poll",reason="overlap"}', '7+0.05x180')),
  ),
  story(
    'an activity fails',
    '30m',
    ['ActivitiesFail'],
    but(series('wearable_exchange_activity_seconds_count{activity="planPoll",outcome="failed"}', '0+3x180')),
  ),
  story('work waits', '30m', ['WorkWaits'], but(waits('0.1', '0+1x180'))),
  story('requests fail', '20m', ['RequestsFail'], but(requests('500', '0+3x180'))),
  story(
    'passwords are guessed',
    '20m',
    ['SignInsRefused'],
    but(series('wearable_exchange_sign_ins_total{outcome="refused"}', '0+4x180')),
  ),
  story(
    'letters are refused',
    '90m',
    ['LettersRefused'],
    but(series('wearable_exchange_mails_total{kind="invitation",outcome="refused"}', '0+0.1x180')),
  ),
];
