// Package figures answers with the sums behind pages: institutions with their profiles,
// physicians, and the health of uploads. It decides nothing and keeps nothing but a
// snapshot of its sums, which it makes anew when it is older than Config.Fresh.
package figures
