import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'

export const useUnits = () =>
  useQuery({ queryKey: ['org', 'units'], queryFn: () => body(http.GET('/api/v1/org/units')) })

export const usePools = () =>
  useQuery({ queryKey: ['org', 'pools'], queryFn: () => body(http.GET('/api/v1/org/pools')) })
