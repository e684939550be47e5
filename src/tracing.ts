import { createRequire } from 'node:module';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { SpanKind as Kind } from '@opentelemetry/api';
import type { OpenTelemetrySinks } from '@temporalio/interceptors-opentelemetry';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import { NamedError } from './errors.js';
import { version } from './version.js';

/** What a span says: ids, codes and patterns, as a log line does. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** What is done while a span is open; it says what it knows, and a better name of the span. */
type Work<Result> = (say: (facts: SpanFacts, name?: string) => void) => Promise<Result>;

/** Traces by OpenTelemetry, from a request to what Open Wearables is asked for because of it. */
export interface Tracing {
  /** A request of somebody else's; it goes on with their trace if its headers tell of one. */
  request<Result>(headers: Headers, work: Work<Result>): Promise<Result>;
  /** A call of another server. */
  call<Result>(name: string, work: Work<Result>): Promise<Result>;
  /** For log lines: the trace that is under way, if any. */
  ids(): { readonly traceId?: string };
  /** Carries traces through workflows; undefined: nothing is traced, and workflows have no further code. */
  readonly temporal: TemporalTracing | undefined;
  close(): Promise<void>;
}

export interface TemporalTracing {
  readonly client: WorkflowClientInterceptor;
  readonly activity: ActivityInterceptorsFactory;
  /** Become part of the workflows' bundle. */
  readonly workflowModules: string[];
  readonly sinks: InjectedSinks<OpenTelemetrySinks>;
}

const nothing = () => undefined;

export const untraced: Tracing = {
  request: (_headers, work) => work(nothing),
  call: (_name, work) => work(nothing),
  ids: () => ({}),
  temporal: undefined,
  close: () => Promise.resolve(),
};

const INTERCEPTORS = '@temporalio/interceptors-opentelemetry';

/**
 * Tells an OpenTelemetry collector (OTLP over HTTP) what is done, once a process; without an endpoint nothing is loaded.
 * Throws NamedError `TracingMissing` when the optional packages are not installed.
 */
export async function openTracing(endpoint: string | undefined): Promise<Tracing> {
  if (endpoint === undefined) return untraced;
  const { api, node, exporter, resources, interceptors } = await packages();
  const resource = new resources.Resource({
    'service.name': 'wearable-exchange',
    'service.version': version,
  });
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const processor = new node.BatchSpanProcessor(new exporter.OTLPTraceExporter({ url }));
  const provider = new node.NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  const tracer = provider.getTracer('wearable-exchange', version);
  const { trace, context, propagation, SpanKind, SpanStatusCode } = api;

  async function inSpan<Result>(name: string, kind: Kind, work: Work<Result>): Promise<Result> {
    return tracer.startActiveSpan(name, { kind }, async (span) => {
      try {
        return await work((facts, called = name) => {
          span.updateName(called).setAttributes(facts);
        });
      } catch (thrown) {
        // The message of an error may quote what nobody may read here.
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw thrown;
      } finally {
        span.end();
      }
    });
  }

  const exported = interceptors.makeWorkflowExporter(processor, resource);
  return {
    request(headers, work) {
      const theirs = propagation.extract(context.active(), Object.fromEntries(headers));
      return context.with(theirs, () => inSpan('request', SpanKind.SERVER, work));
    },
    call: (name, work) => inSpan(name, SpanKind.CLIENT, work),
    ids() {
      const traceId = trace.getActiveSpan()?.spanContext().traceId;
      return traceId === undefined ? {} : { traceId };
    },
    temporal: {
      client: new interceptors.OpenTelemetryWorkflowClientInterceptor({ tracer }),
      activity: (ctx) => ({
        inbound: new interceptors.OpenTelemetryActivityInboundInterceptor(ctx, { tracer }),
      }),
      workflowModules: [createRequire(import.meta.url).resolve(`${INTERCEPTORS}/lib/workflow-interceptors`)],
      sinks: {
        exporter: {
          export: {
            // Of what a run is known by, no more than its name and its ids.
            fn: ({ workflowType, workflowId, runId }, spans) =>
              exported.export.fn({ workflowType, workflowId, runId } as WorkflowInfo, spans),
          },
        },
      },
    },
    close: () => provider.shutdown(),
  };
}

async function packages() {
  try {
    const [api, node, exporter, resources, interceptors] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@temporalio/interceptors-opentelemetry'),
    ]);
    return { api, node, exporter, resources, interceptors };
  } catch (cause) {
    throw new NamedError(
      'TracingMissing',
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, and the optional packages for it are not installed: install them, or unset it',
      { cause },
    );
  }
}
