/* Finding what the build has written into the page. */

/**
 * Find an element of a kind; none where the page has none.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  return found instanceof kind ? found : null;
}

/**
 * Find an element that the build always writes.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
export function need(root, selector, kind) {
  const found = find(root, selector, kind);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * List the elements of a kind, in the page's order.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
export function every(root, selector, kind) {
  return [...root.querySelectorAll(selector)].filter(/** @returns {found is Kind} */ (found) => found instanceof kind);
}

/**
 * Read what the build always writes into an element's data.
 * @param {HTMLElement} element
 * @param {string} name
 */
export function dataOf({ dataset }, name) {
  const text = dataset[name];
  if (text === undefined) throw new Error(`An element has no data named ${name}`);
  return text;
}
