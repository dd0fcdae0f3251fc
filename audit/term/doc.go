// Package term is the clock of the law: official working days, and the terms that
// the two texts of law count by them or by the calendar. It is pure: the moment
// and the calendar are given. Days are local days in Asia/Shanghai, spans are
// half-open.
package term
