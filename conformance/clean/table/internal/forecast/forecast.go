// Package forecast knows the region's forecast.
package forecast
