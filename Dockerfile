# syntax=docker/dockerfile:1
# By tag: each build takes the newest patch of Node 24. Who wants the same bytes each time gives the digest of that day,
# `--build-arg NODE=node:24-slim@sha256:...` (`docker buildx imagetools inspect node:24-slim` tells it), and moves it for updates.
ARG NODE=node:24-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
# npm takes what was left out for missing, unless the manifest does not ask for it.
RUN npm pkg delete devDependencies && npm sbom --sbom-format=cyclonedx >sbom.cdx.json

FROM ${NODE}
# The Temporal SDK verifies TLS with the certificates of the system, which the slim image does not have.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="wearable-exchange" \
      org.opencontainers.image.description="Consented wearable data, from Open Wearables to Open mHealth observations" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      wearable-exchange.sbom="/app/sbom.cdx.json"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8001 WORKER_PORT=8002
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=dependencies /app/sbom.cdx.json ./
COPY --from=build /app/dist dist
COPY package.json LICENSE deploy/healthcheck.mjs ./
COPY migrations migrations
# Everything belongs to root, and nothing of it needs to be written.
USER node
EXPOSE 8001 8002
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["node", "healthcheck.mjs"]
ENTRYPOINT ["node", "dist/src/main.js"]
CMD ["serve"]
