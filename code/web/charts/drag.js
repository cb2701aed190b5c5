export function connectDrag() {}
