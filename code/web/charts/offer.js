/* What an option, a radio button or a legend's button stands for is written as JSON when the book is
   built. Python and a browser spell one value in different ways (\u03ba and κ, 1.0 and 1), so the
   values are compared, never their spelling. */

/**
 * @param {string} text
 * @param {unknown} value
 */
export const offers = (text, value) => JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
