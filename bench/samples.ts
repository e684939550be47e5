/** Five-minute heart rate as Open Wearables sends it, `count` samples from a fixed day on. */
export function heartRateSamples(count: number): readonly object[] {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const source = {
    provider: 'oura',
    source: 'oura',
    device: 'Oura Ring Gen3',
    device_type: 'ring',
    device_name: 'Oura Ring Gen3',
  };
  return Array.from({ length: count }, (_, index) => ({
    timestamp: new Date(start + index * 300_000).toISOString().replace('.000Z', 'Z'),
    zone_offset: null,
    type: 'heart_rate',
    value: 48 + (index % 90),
    unit: 'bpm',
    source,
    is_daily_total: false,
  }));
}
