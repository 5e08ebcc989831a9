package reading

// What only tests need to know.
const MostWaiting = mostWaiting

// Tables are the kinds of record with their tables.
var Tables = tables
