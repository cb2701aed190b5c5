export async function fillTable() {}
