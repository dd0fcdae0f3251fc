// Package settlement is the money of the fund as a pure fold: what an institution
// claims for a month is split to the fen into rejected, not payable, on hold and
// approved, 90 % of the approved is payable and 10 % kept as a bond (Shanxi Art.
// 33), and every yuan moves between accounts by balanced postings.
//
// A close posts, for every line of its month and of the months before, what the
// line's parts should be now less what earlier closes have posted of it. So a
// refund after the settlement, an appeal that succeeds, a hold that is released,
// a late record and a cancelled one all become adjustments by themselves, and no
// yuan is settled twice.
package settlement
