const core = require('@gatewarden/core')
const onExpress = require('@gatewarden/express')
const onFastify = require('@gatewarden/fastify')
const onKoa = require('@gatewarden/koa')
const redis = require('@gatewarden/redis')
const guards = require('@gatewarden/scope-guard')
const testing = require('@gatewarden/testing')
const express = require('express')
const { fastify } = require('fastify')
const { default: Koa = require('koa') } = require('koa')
const { answers } = require('./answers.cjs')

answers({ express, fastify, Koa, onExpress, onFastify, onKoa, testing }).then((told) => {
  const functions = [core.createResourceServer, guards.scopes, redis.redisStore]
  console.log(JSON.stringify({ ...told, functions: functions.map((each) => each.name) }))
})
