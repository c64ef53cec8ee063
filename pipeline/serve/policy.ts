/** The headers that every answer carries. Rule: nothing is allowed that a page does not need; the console needs its engine. */

const ALWAYS = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
const PAGE = ["style-src 'self'", "script-src 'self'", "img-src 'self' data:"];
/** WebAssembly is compiled, the worker started, the published file fetched: from here alone, and no `eval`. */
const CONSOLE = [
  "style-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'img-src data:',
  "worker-src 'self'",
  "connect-src 'self'",
];

export function policyHeaders(isConsole: boolean): Record<string, string> {
  return {
    'content-security-policy': [...ALWAYS, ...(isConsole ? CONSOLE : PAGE)].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
