/** The page that a login comes back to: hands the answer to the console that opened this window, and to nobody else. */
const answer = location.search
// The code is of use once and only to the holder of its verifier; all the same it need not stand in the history.
history.replaceState(null, '', location.pathname)
window.opener?.postMessage(answer, location.origin)
