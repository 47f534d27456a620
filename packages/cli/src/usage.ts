/** What the caller of the program did wrong, in one line. Ends in exit code 2. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
}

export const USAGE = `usage: gatewarden explain [token | -] [options]   why is this token refused, or admitted?
       gatewarden doctor [options]                what is wrong between this API and its issuer?

A token comes from standard input, from GATEWARDEN_TOKEN, or as an argument (which shells remember). Without options,
the environment of requireJwt() counts: ISSUER_BASE_URL or ISSUER, AUDIENCE, JWKS_URI, TOKEN_SIGNING_ALG, SECRET.

  --issuer <iss>        the issuer of the API's tokens
  --audience <aud>      the API's identifier; may be repeated
  --jwks <file | url>   the issuer's key set, in place of discovery
  --secret-env <name>   environment variable that holds the API's shared secret (HS256)
  --decryption-key <file>
                        private key of the API, PEM or JWK, for encrypted tokens; may be repeated
  --algorithm <alg>     an allowed algorithm; may be repeated
  --profile rfc9068     only typ at+jwt, with every claim that RFC 9068 requires
  --client <id>         a client that may use the API; may be repeated
  --scope <scope>       a scope that the operation needs; may be repeated
  --clock-tolerance <s> seconds by which clocks may differ
  --json                for machines

Exit code: 0 admitted (doctor: nothing is wrong), 1 refused (something is), 2 it could not be asked.`
