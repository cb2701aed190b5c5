/* Set before a page's own scripts by the tests' server: keeps what a console would show. */
window.watched = [];
for (const kind of ["warn", "error"]) {
  const own = console[kind];
  console[kind] = (...words) => {
    watched.push(`console.${kind}: ${words.join(" ")}`);
    own.apply(console, words);
  };
}
addEventListener("error", ({ message, target }) => {
  if (message) watched.push(`raised: ${message}`);
  // Vega draws the frame of a picture first, empty; whether it got its picture is asked by a visit.
  else if (target.localName !== "image") watched.push(`not loaded: ${target.outerHTML.slice(0, 200)}`);
}, true);
addEventListener("unhandledrejection", ({ reason }) => watched.push(`rejected: ${reason}`));
addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => {
  watched.push(`against the policy, ${violatedDirective}: ${blockedURI}`);
});
