// A sign-in by device code, by npm's oidc-provider: `node microsoft_device.mjs PORT ISSUER MODULE SCOPE…`.
// Everybody who signs in is who they say they are. The issuer has a path, as a tenant of Entra's has.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [port, issuer, module, ...scopes] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(module).href);
const path = new URL(issuer).pathname;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'countersign',
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    response_types: [],
    redirect_uris: [],
  }],
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  conformIdTokenClaims: false,
  scopes: ['openid', 'profile', 'offline_access', ...scopes],
  features: { deviceFlow: { enabled: true }, revocation: { enabled: true } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: false,
  ttl: { AccessToken: 3600, DeviceCode: 600, Grant: 3600, IdToken: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
});
provider.proxy = true;

createServer((request, response) => {
  request.headers['x-forwarded-proto'] = 'https';
  request.originalUrl = request.url;
  request.url = request.url.startsWith(path) ? request.url.slice(path.length) || '/' : request.url;
  provider.callback()(request, response);
}).listen(Number(port), '127.0.0.1');
