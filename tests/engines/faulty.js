/* What a page's own script can do wrong. */
console.warn("a warning");
fetch("https://example.org/").catch(() => {});
Promise.reject(new Error("a promise"));
setTimeout(() => {
  throw new Error("an error");
});
