import type {
  AuthorizationCode,
  AuthorizationCodeModel,
  ClientCredentialsModel,
  RefreshToken,
  RefreshTokenModel,
  Token,
  User,
} from '@node-oauth/oauth2-server';
import { z } from 'zod';
import { hashToken, newToken } from '../../auth/tokens.js';
import { findCode, spendCode } from '../../db/authorization-codes.js';
import { clients } from '../../db/clients.js';
import { ownerOfMachineClient } from '../../db/machine-clients.js';
import type { Sql } from '../../db/sql.js';
import {
  findRefreshToken,
  revokeFamiliesOf,
  revokeFamily,
  saveTokens,
  spendRefreshToken,
} from '../../db/token-families.js';

export const SCOPES = ['openid', 'email'];

/** Whose tokens are issued; a family is what they join. */
const owner = z.object({
  id: z.int(),
  invitationId: z.int().nullable(),
  familyId: z.uuid().optional(),
  signedInAt: z.date().optional(),
});
export type Owner = z.infer<typeof owner>;
export const ownerOf = (user: User): Owner => owner.parse(user);

type Model = AuthorizationCodeModel & RefreshTokenModel & ClientCredentialsModel;

/** What the OAuth server asks of the database. Every secret is looked up by its hash. */
export function oauthModel(sql: Sql): Model {
  return {
    /** Without a secret a client of patients, who prove themselves with PKCE; with one a program. */
    async getClient(clientId, secret) {
      if (!secret) {
        const known = (await clients(sql)).some((client) => client.clientId === clientId);
        return known && { id: clientId, grants: ['authorization_code', 'refresh_token'] };
      }
      const userId = await ownerOfMachineClient(sql, clientId, hashToken(secret));
      return userId !== undefined && { id: clientId, grants: ['client_credentials'], userId };
    },

    async getAuthorizationCode(code) {
      const found = await findCode(sql, hashToken(code));
      if (found === undefined) return false;
      // Somebody has read along: what the first use led to ends.
      if (found.isUsed) await revokeFamiliesOf(sql, found.invitationId);
      return !found.isUsed && authorizationCode(code, found);
    },
    revokeAuthorizationCode: ({ authorizationCode: code }) => spendCode(sql, hashToken(code)),

    async getRefreshToken(token) {
      const found = await findRefreshToken(sql, hashToken(token));
      if (found === undefined) return false;
      if (found.isUsed) await revokeFamily(sql, found.familyId);
      return !found.isUsed && refreshToken(token, found);
    },
    revokeToken: ({ refreshToken: token }: Token | RefreshToken) =>
      spendRefreshToken(sql, hashToken(token ?? '')),

    getUserFromClient: (client) =>
      Promise.resolve({ id: z.int().parse(client['userId']), invitationId: null } satisfies Owner),
    validateScope: (_user, _client, scope = SCOPES) =>
      Promise.resolve(scope.every((name) => SCOPES.includes(name)) && scope),
    generateAccessToken: () => Promise.resolve(newToken()),
    generateRefreshToken: () => Promise.resolve(newToken()),

    async saveToken(token, client, user) {
      const { id: userId, invitationId, familyId } = ownerOf(user);
      const now = new Date();
      const signedInAt = await saveTokens(sql, {
        ...{ familyId, userId, invitationId, clientId: client.id },
        accessHash: hashToken(token.accessToken),
        accessExpiresAt: token.accessTokenExpiresAt ?? now,
        refreshHash: token.refreshToken === undefined ? null : hashToken(token.refreshToken),
        refreshExpiresAt: token.refreshTokenExpiresAt ?? now,
        scope: (token.scope ?? SCOPES).join(' '),
      });
      return { ...token, client, user: { ...user, signedInAt } };
    },

    /** Needed by the library's types; bearer tokens are checked in `bearer.ts`. */
    getAccessToken: () => Promise.resolve(false),
    saveAuthorizationCode: () => Promise.resolve(false),
  };
}

type FoundCode = NonNullable<Awaited<ReturnType<typeof findCode>>>;

function authorizationCode(code: string, found: FoundCode): AuthorizationCode {
  return {
    authorizationCode: code,
    expiresAt: found.expiresAt,
    redirectUri: found.redirectUri,
    scope: SCOPES,
    client: { id: found.clientId, grants: ['authorization_code'] },
    user: { id: found.userId, invitationId: found.invitationId } satisfies Owner,
    codeChallenge: found.codeChallenge,
    codeChallengeMethod: 'S256',
  };
}

type FoundRefreshToken = NonNullable<Awaited<ReturnType<typeof findRefreshToken>>>;

function refreshToken(token: string, found: FoundRefreshToken): RefreshToken {
  return {
    refreshToken: token,
    refreshTokenExpiresAt: found.expiresAt,
    scope: found.scope.split(' '),
    client: { id: found.clientId, grants: ['refresh_token'] },
    user: { id: found.userId, invitationId: null, familyId: found.familyId } satisfies Owner,
  };
}
