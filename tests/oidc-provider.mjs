// The provider of the tests: one client, and an account for whoever signs in.
import http from "node:http";
import Provider from "oidc-provider";

// Whoever started this reads one line and no more: everything else goes where nobody has to read.
console.log = console.info = console.warn = console.debug = console.error;

const [redirect] = process.argv.slice(2);
const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "sentry",
      client_secret: "a secret between two programs",
      redirect_uris: [redirect],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    }],
    claims: { email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
    // What the person is goes into the id token itself.
    conformIdTokenClaims: false,
    pkce: { required: () => true, methods: ["S256"] },
    cookies: { keys: ["of the tests alone"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id, email: `${id}@example.org`, email_verified: true, given_name: "Oda", family_name: "Lund",
      }),
    }),
  });
  server.on("request", provider.callback());
  process.stdout.write(`${issuer}\n`);
});
